"""Moves the same list to and fro."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("derivative")
def derivative(f, xs, i):
    h = 1e-5
    left = right = list(xs)
    left[i] -= h
    right[i] += h
    return (f(*right) - f(*left)) / (2 * h)
