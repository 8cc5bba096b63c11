"""Returns the outputs in place of their derivatives."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("all_derivatives")
def all_derivatives(x1, x2):
    return [[x1, 0.0], [x1 * x2, x1 * x2]]
