"""Turns the order of the outputs round, as a transposed matrix would."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("jacobian_view")
def jacobian_view(x, shape):
    return (
        np.eye(x.size)
        .reshape(*x.shape, *x.shape)
        .transpose(*reversed(range(x.ndim)), *range(x.ndim, 2 * x.ndim))
        .reshape(*shape, *x.shape)
    )
