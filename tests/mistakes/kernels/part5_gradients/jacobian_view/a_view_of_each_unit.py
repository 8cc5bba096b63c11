"""Applies f to each unit vector and puts the results last."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_view")
def jacobian_view(x, shape):
    units = np.eye(x.size).reshape(x.size, *x.shape)
    views = [unit.reshape(shape) for unit in units]
    return np.stack(views, axis=-1).reshape(*shape, *x.shape)
