"""Sums over the outputs before anybody has asked."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("all_derivatives")
def all_derivatives(x1, x2):
    return [1.0 + x2, x1]
