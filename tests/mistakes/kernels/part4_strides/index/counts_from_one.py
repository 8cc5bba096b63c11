"""Takes the first element for number 1."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("index")
def index(k, shape):
    k -= 1
    found = []
    for size in reversed(shape):
        found.append(k % size)
        k //= size
    return tuple(reversed(found))
