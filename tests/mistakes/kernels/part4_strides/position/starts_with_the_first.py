"""Takes it for granted that there is a first dimension."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("position")
def position(index, strides):
    place = index[0] * strides[0]
    for d in range(1, len(index)):
        place += index[d] * strides[d]
    return place
