"""Shares d out among those that are the largest."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("max_rule")
def max_backward(d, a):
    largest = a == a.max(-1, keepdims=True)
    return largest / largest.sum(-1, keepdims=True) * d[..., None]
