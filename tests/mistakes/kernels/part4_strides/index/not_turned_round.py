"""The right numbers in the wrong order."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("index")
def index(k, shape):
    found = []
    for size in reversed(shape):
        found.append(k % size)
        k //= size
    return tuple(found)
