"""Lines the shapes up from the left."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("broadcast_shape")
def broadcast_shape(shape_a, shape_b):
    rank = max(len(shape_a), len(shape_b))
    a = shape_a + (1,) * (rank - len(shape_a))
    b = shape_b + (1,) * (rank - len(shape_b))
    for one, other in zip(a, b):
        if one != other and 1 not in (one, other):
            raise ValueError("they do not fit")
    return tuple(other if one == 1 else one for one, other in zip(a, b))
