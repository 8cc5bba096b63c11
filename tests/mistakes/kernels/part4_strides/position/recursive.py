"""The first dimension, and then the rest."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("position")
def position(index, strides):
    if not index:
        return 0
    return index[0] * strides[0] + far(index[1:], strides[1:])


def far(index, strides):
    return index[0] * strides[0] + far(index[1:], strides[1:]) if index else 0
