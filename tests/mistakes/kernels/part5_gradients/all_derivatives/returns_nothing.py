"""Works it all out and does not return it."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("all_derivatives")
def all_derivatives(x1, x2):
    table = [[1.0, 0.0], [x2, x1]]  # noqa: F841
