"""Takes so large a step that f bends in between."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("derivative")
def derivative(f, xs, i):
    h = 0.1
    left, right = list(xs), list(xs)
    left[i] -= h
    right[i] += h
    return (f(*right) - f(*left)) / (2 * h)
