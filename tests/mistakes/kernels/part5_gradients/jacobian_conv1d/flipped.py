"""A convolution as in mathematics: w is turned round."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_conv1d")
def jacobian_conv1d(x, w):
    of_w = sliding_window_view(x, len(w))
    of_x = sum(w[-1 - j] * np.eye(len(of_w), len(x), j) for j in range(len(w)))
    return of_x, of_w[:, ::-1]
