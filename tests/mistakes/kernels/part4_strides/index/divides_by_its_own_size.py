"""Divides by the size of a dimension instead of by what lies after it."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("index")
def index(k, shape):
    found = []
    for size in shape:
        found.append(k // size)
        k %= size
    return tuple(found)
