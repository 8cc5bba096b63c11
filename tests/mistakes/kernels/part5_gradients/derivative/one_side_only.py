"""Steps to the right alone, which is not accurate enough where f bends."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("derivative")
def derivative(f, xs, i):
    h = 1e-6
    right = list(xs)
    right[i] += h
    return (f(*right) - f(*xs)) / h
