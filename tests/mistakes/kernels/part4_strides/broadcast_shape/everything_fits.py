"""Never says that two shapes do not fit."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("broadcast_shape")
def broadcast_shape(shape_a, shape_b):
    rank = max(len(shape_a), len(shape_b))
    a = (1,) * (rank - len(shape_a)) + shape_a
    b = (1,) * (rank - len(shape_b)) + shape_b
    return tuple(other if one == 1 else one for one, other in zip(a, b))
