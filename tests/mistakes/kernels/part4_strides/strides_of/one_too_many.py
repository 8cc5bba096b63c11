"""Notes the number of elements too."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("strides_of")
def strides_of(shape):
    strides = [1]
    for size in reversed(shape):
        strides.append(strides[-1] * size)
    return tuple(reversed(strides))
