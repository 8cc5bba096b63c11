"""Adds each element of d where it came from, in float32."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("unbroadcast")
def unbroadcast(d, shape):
    grad = np.zeros(shape, np.float32)
    new = d.ndim - len(shape)
    for place in np.ndindex(*d.shape):
        grad[tuple(0 if size == 1 else i for i, size in zip(place[new:], shape))] += np.float32(d[place])
    return grad
