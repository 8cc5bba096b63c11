"""Lets an empty dimension fit any other."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("broadcast_shape")
def broadcast_shape(shape_a, shape_b):
    rank = max(len(shape_a), len(shape_b))
    a = (1,) * (rank - len(shape_a)) + shape_a
    b = (1,) * (rank - len(shape_b)) + shape_b
    for one, other in zip(a, b):
        if one != other and one > 1 and other > 1:
            raise ValueError("they do not fit")
    return tuple(0 if 0 in (one, other) else max(one, other) for one, other in zip(a, b))
