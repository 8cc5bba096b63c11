"""Takes the larger size, which is not the one that counts when a size is 0."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("broadcast_shape")
def broadcast_shape(shape_a, shape_b):
    rank = max(len(shape_a), len(shape_b))
    a = (1,) * (rank - len(shape_a)) + shape_a
    b = (1,) * (rank - len(shape_b)) + shape_b
    for one, other in zip(a, b):
        if one != other and 1 not in (one, other):
            raise ValueError("they do not fit")
    return tuple(max(one, other) for one, other in zip(a, b))
