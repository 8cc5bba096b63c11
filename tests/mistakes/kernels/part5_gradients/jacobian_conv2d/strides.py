"""A table of zeros, read with other strides, so that w lies in each window."""

import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_conv2d")
def jacobian_conv2d(x, w):
    of_w = sliding_window_view(x, w.shape)
    of_x = np.zeros((*of_w.shape[:2], *x.shape), np.float32)
    a, b, c, d = of_x.strides
    places = as_strided(of_x, of_w.shape, (a + c, b + d, c, d))
    places[...] = w
    return of_x, of_w
