"""Adds up over the outputs, as a gradient with d = 1 does."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_conv1d")
def jacobian_conv1d(x, w):
    of_w = sliding_window_view(x, len(w))
    of_x = sum(w[j] * np.eye(len(of_w), len(x), j) for j in range(len(w)))
    return of_x.sum(0), of_w.sum(0)
