"""Walks from the right and lets the library fill in the ones."""

from itertools import zip_longest

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("broadcast_shape")
def broadcast_shape(shape_a, shape_b):
    shape = []
    for one, other in zip_longest(reversed(shape_a), reversed(shape_b), fillvalue=1):
        if one == 1 or one == other:
            shape.append(other)
        elif other == 1:
            shape.append(one)
        else:
            raise ValueError("they do not fit")
    return shape[::-1]
