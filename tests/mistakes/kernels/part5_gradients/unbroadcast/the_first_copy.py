"""Takes the gradient of the first copy."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("unbroadcast")
def unbroadcast(d, shape):
    if d.size == 0:
        return np.zeros(shape)
    d = d[(0,) * (d.ndim - len(shape))]
    return d[tuple(slice(0, size) for size in shape)]
