"""Calls f with one list in place of the numbers."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("derivative")
def derivative(f, xs, i):
    h = 1e-5
    left, right = list(xs), list(xs)
    left[i] -= h
    right[i] += h
    return (f(right) - f(left)) / (2 * h)
