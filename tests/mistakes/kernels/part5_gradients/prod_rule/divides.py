"""Divides the product by each element."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("prod_rule")
def prod_backward(d, a):
    return a.prod(-1, keepdims=True) / a * d[..., None]
