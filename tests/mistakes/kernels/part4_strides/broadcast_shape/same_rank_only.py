"""Takes shapes of different lengths for shapes that do not fit."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("broadcast_shape")
def broadcast_shape(shape_a, shape_b):
    if len(shape_a) != len(shape_b):
        raise ValueError("they do not fit")
    for one, other in zip(shape_a, shape_b):
        if one != other and 1 not in (one, other):
            raise ValueError("they do not fit")
    return tuple(other if one == 1 else one for one, other in zip(shape_a, shape_b))
