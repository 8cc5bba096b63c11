"""The cosine of a matrix with x on its diagonal, where a zero is cos(0)."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_cos")
def jacobian_cos(x):
    return -np.sin(np.diag(x) + 1 - np.eye(len(x)))
