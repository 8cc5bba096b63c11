"""Does not sum over the matrices that were broadcast."""

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("matmul_rule")
def matmul_backward(d, a, b):
    return d @ b.swapaxes(-1, -2), a.swapaxes(-1, -2) @ d
