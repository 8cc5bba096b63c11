"""Looks everything up in tables of indices."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_conv1d")
def jacobian_conv1d(x, w):
    outputs = len(x) - len(w) + 1
    places = np.arange(outputs)[:, None] + np.arange(len(w))
    of_x = np.zeros((outputs, len(x)))
    np.put_along_axis(of_x, places, np.broadcast_to(w, places.shape), 1)
    return of_x, x[places]
