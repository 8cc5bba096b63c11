"""Writes into the inputs, which are a tuple."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("derivative")
def derivative(f, xs, i):
    h = 1e-5
    xs[i] += h
    right = f(*xs)
    xs[i] -= 2 * h
    return (right - f(*xs)) / (2 * h)
