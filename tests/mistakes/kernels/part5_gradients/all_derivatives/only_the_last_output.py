"""The gradient of the product alone."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("all_derivatives")
def all_derivatives(x1, x2):
    return [x2, x1]
