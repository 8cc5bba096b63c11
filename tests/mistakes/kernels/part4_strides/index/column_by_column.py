"""Counts along the columns first."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("index")
def index(k, shape):
    found = []
    for size in shape:
        found.append(k % size)
        k //= size
    return tuple(found)
