"""The right numbers in the wrong order."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("strides_of")
def strides_of(shape):
    strides, product = [], 1
    for size in reversed(shape):
        strides.append(product)
        product *= size
    return strides
