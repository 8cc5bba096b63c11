"""Stops before the first dimension."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("index")
def index(k, shape):
    found = []
    for d in range(len(shape) - 1, 0, -1):
        k, i = divmod(k, shape[d])
        found.append(i)
    return tuple(reversed(found))
