"""The strides of a tensor that lies the other way."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("strides_of")
def strides_of(shape):
    strides, product = [], 1
    for size in shape:
        strides.append(product)
        product *= size
    return tuple(strides)
