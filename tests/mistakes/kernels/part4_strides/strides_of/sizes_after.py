"""The next size instead of the product of all that follow: right for tables."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("strides_of")
def strides_of(shape):
    return (*shape[1:], 1) if shape else ()
