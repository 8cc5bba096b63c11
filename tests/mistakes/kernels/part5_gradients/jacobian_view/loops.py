"""Goes through all elements by their number."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_view")
def jacobian_view(x, shape):
    out = np.zeros((*shape, *x.shape))
    for k in range(x.size):
        out[(*np.unravel_index(k, shape), *np.unravel_index(k, x.shape))] = 1
    return out
