"""Only the diagonals, as a backward rule would use them."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_mul")
def jacobian_mul(x, y):
    return y, x
