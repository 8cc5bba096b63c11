"""Takes the number of rows for that of the columns."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "skipped"}


@puzzle("jacobian_transpose")
def jacobian_transpose(x):
    n = len(x)
    return np.eye(n * n)[: x.size].reshape(n, n, n, n).swapaxes(0, 1)
