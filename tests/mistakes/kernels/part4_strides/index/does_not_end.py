"""Counts up to the element, and goes on when it has one dimension or none."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("index")
def index(k, shape):
    found = [0] * len(shape)
    while k != 0:
        if len(shape) > 1:
            k -= 1
            d = len(shape) - 1
            while found[d] == shape[d] - 1:
                found[d] = 0
                d -= 1
            found[d] += 1
    return found
