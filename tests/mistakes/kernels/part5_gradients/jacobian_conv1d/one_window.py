"""Only the derivatives of the first output."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_conv1d")
def jacobian_conv1d(x, w):
    of_x = np.zeros(len(x))
    of_x[: len(w)] = w
    return of_x, x[: len(w)]
