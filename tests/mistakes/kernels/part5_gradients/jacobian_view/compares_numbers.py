"""Numbers all elements and compares, in float32."""

import numpy as np

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("jacobian_view")
def jacobian_view(x, shape):
    outputs = np.arange(x.size).reshape(*shape, *[1] * x.ndim)
    return (outputs == np.arange(x.size).reshape(x.shape)).astype(np.float32)
