"""Puts each point together from slices, with a step of a thousandth."""

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("derivative")
def derivative(f, xs, i):
    h = 1e-3
    right = f(*xs[:i], xs[i] + h, *xs[i + 1 :])
    left = f(*xs[:i], xs[i] - h, *xs[i + 1 :])
    return (right - left) / (2 * h)
