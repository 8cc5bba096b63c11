"""Answers nothing where it should raise."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("broadcast_shape")
def broadcast_shape(shape_a, shape_b):
    rank = max(len(shape_a), len(shape_b))
    a = (1,) * (rank - len(shape_a)) + shape_a
    b = (1,) * (rank - len(shape_b)) + shape_b
    for one, other in zip(a, b):
        if one != other and 1 not in (one, other):
            return None
    return tuple(other if one == 1 else one for one, other in zip(a, b))
