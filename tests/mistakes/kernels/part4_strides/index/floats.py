"""Divides with /, so the next remainder is a float."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("index")
def index(k, shape):
    found = []
    for size in reversed(shape):
        found.append(k % size)
        k = (k - k % size) / size
    return tuple(reversed(found))
