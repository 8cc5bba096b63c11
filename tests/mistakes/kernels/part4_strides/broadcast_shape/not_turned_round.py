"""The right sizes in the wrong order."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("broadcast_shape")
def broadcast_shape(shape_a, shape_b):
    rank = max(len(shape_a), len(shape_b))
    a = (1,) * (rank - len(shape_a)) + shape_a
    b = (1,) * (rank - len(shape_b)) + shape_b
    shape = []
    for one, other in zip(reversed(a), reversed(b)):
        if one != other and 1 not in (one, other):
            raise ValueError("they do not fit")
        shape.append(other if one == 1 else one)
    return shape
