"""Takes each factor for the slope by itself."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("all_derivatives")
def all_derivatives(x1, x2):
    return [[1.0, 0.0], [x1, x2]]
