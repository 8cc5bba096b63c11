"""Lays x itself where w belongs."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_conv2d")
def jacobian_conv2d(x, w):
    of_w = sliding_window_view(x, w.shape)
    of_x = np.zeros((*of_w.shape[:2], *x.shape))
    for i, j in np.ndindex(of_w.shape[:2]):
        of_x[i, j, i : i + len(w), j : j + w.shape[1]] = x[i : i + len(w), j : j + w.shape[1]]
    return of_x, of_w
