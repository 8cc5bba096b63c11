"""Takes the last stride for 1, which holds until somebody transposes."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("position")
def position(index, strides):
    if not index:
        return 0
    return sum(i * stride for i, stride in zip(index[:-1], strides[:-1])) + index[-1]
