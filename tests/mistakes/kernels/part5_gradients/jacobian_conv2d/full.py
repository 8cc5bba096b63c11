"""Lets the window reach over the edges of x."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_conv2d")
def jacobian_conv2d(x, w):
    (h, v), (rows, cols) = w.shape, x.shape
    padded = np.pad(x, ((h - 1, h - 1), (v - 1, v - 1)))
    of_w = sliding_window_view(padded, w.shape)
    of_x = np.zeros((*of_w.shape[:2], *padded.shape))
    for i, j in np.ndindex(of_w.shape[:2]):
        of_x[i, j, i : i + h, j : j + v] = w
    return of_x[:, :, h - 1 : h - 1 + rows, v - 1 : v - 1 + cols], of_w
