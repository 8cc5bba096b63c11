"""Begins with the longer shape and corrects it."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("broadcast_shape")
def broadcast_shape(shape_a, shape_b):
    if len(shape_a) < len(shape_b):
        shape_a, shape_b = shape_b, shape_a
    shape = list(shape_a)
    for d in range(-1, -len(shape_b) - 1, -1):
        if shape[d] == 1:
            shape[d] = shape_b[d]
        elif shape_b[d] != 1:
            assert_equal(shape[d], shape_b[d])
    return np.array(shape, dtype=np.int64)


def assert_equal(one, other):
    if one != other:
        raise ValueError(f"{one} and {other} do not fit")
