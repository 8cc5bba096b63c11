"""Divides by what lies after each dimension."""

from math import prod

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("index")
def index(k, shape):
    found = []
    for d in range(len(shape)):
        after = prod(shape[d + 1 :])
        found.append(k // after)
        k = k % after
    return found
