"""Takes so small a step that rounding swallows it."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("derivative")
def derivative(f, xs, i):
    h = 1e-13
    left, right = list(xs), list(xs)
    left[i] -= h
    right[i] += h
    return (f(*right) - f(*left)) / (2 * h)
