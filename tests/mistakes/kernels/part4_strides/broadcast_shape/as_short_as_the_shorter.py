"""Forgets the dimensions that only one of them has."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("broadcast_shape")
def broadcast_shape(shape_a, shape_b):
    shape = []
    for one, other in zip(reversed(shape_a), reversed(shape_b)):
        if one != other and 1 not in (one, other):
            raise ValueError("they do not fit")
        shape.append(other if one == 1 else one)
    return tuple(reversed(shape))
