"""Collects the strides in a list."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("broadcast_strides")
def broadcast_strides(shape, strides, big_shape):
    new = len(big_shape) - len(shape)
    result = [0] * len(big_shape)
    for d in range(new, len(big_shape)):
        if shape[d - new] == big_shape[d]:
            result[d] = int(strides[d - new])
    return result
