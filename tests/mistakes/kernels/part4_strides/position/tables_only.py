"""Right for two dimensions and for no other number."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("position")
def position(index, strides):
    row, column = index
    return row * strides[0] + column * strides[1]
