"""A row for each input, where a row for each output is wanted."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("all_derivatives")
def all_derivatives(x1, x2):
    return [[1.0, x2], [0.0, x1]]
