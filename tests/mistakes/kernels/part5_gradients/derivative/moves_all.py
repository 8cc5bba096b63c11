"""Moves every input, and so adds up all derivatives."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("derivative")
def derivative(f, xs, i):
    h = 1e-5
    return (f(*[x + h for x in xs]) - f(*[x - h for x in xs])) / (2 * h)
