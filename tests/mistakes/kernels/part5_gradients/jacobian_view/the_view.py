"""Returns what f returns, not its derivatives."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_view")
def jacobian_view(x, shape):
    return x.reshape(shape)
