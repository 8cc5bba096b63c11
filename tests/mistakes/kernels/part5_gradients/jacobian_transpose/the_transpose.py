"""Returns what f returns, not its derivatives."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_transpose")
def jacobian_transpose(x):
    return x.T
