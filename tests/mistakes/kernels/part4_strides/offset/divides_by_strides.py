"""Takes the strides for those of the shape."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("offset")
def offset(k, shape, strides):
    place = 0
    for d in range(len(shape)):
        i = int(k) // int(strides[d])
        k -= i * strides[d]
        place += i * strides[d]
    return place
