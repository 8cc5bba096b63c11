"""Sends all of d to every element that is the largest."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("max_rule")
def max_backward(d, a):
    return (a == a.max(-1, keepdims=True)) * d[..., None]
