"""Right in Python; numba has no tuples of a length that is not known."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "compiles": "failed"}


@puzzle("offset")
def offset(k, shape, strides):
    index = ()
    for size in shape[::-1]:
        index = (k % size,) + index
        k //= size
    return sum(i * stride for i, stride in zip(index, strides))
