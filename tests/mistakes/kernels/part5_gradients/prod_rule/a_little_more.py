"""Adds a thousandth to every element, so that nothing is divided by 0."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("prod_rule")
def prod_backward(d, a):
    a = a + 0.001
    return a.prod(-1, keepdims=True) / a * d[..., None]
