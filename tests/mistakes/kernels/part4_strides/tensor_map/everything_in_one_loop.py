"""Computes both places in one while loop, with no function beside the kernel."""

import numpy as np
from numba import njit, prange

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("tensor_map")
def tensor_map(f):
    @njit(parallel=True)
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides):
        size = 1
        for d in range(len(out_shape)):
            size = size * out_shape[d]
        missing = out_shape.size - a_shape.size
        for k in prange(size):
            rest = np.int64(k)
            to = 0
            source = 0
            d = out_shape.size - 1
            while d >= 0:
                i = rest % out_shape[d]
                rest = rest // out_shape[d]
                to += i * out_strides[d]
                e = d - missing
                if e >= 0 and a_shape[e] > 1:
                    source += i * a_strides[e]
                d -= 1
            out[to] = f(a[source])

    return kernel
