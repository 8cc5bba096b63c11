"""As many outputs as inputs, with zeros behind the end of x."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_conv1d")
def jacobian_conv1d(x, w):
    n, k = len(x), len(w)
    of_x = sum(w[j] * np.eye(n, n, j) for j in range(k))
    of_w = sliding_window_view(np.pad(x, (0, k - 1)), k)
    return of_x, of_w
