"""Defines its helper functions inside the function that makes the kernel."""

import numpy as np
from numba import njit, prange

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("tensor_map")
def tensor_map(f):
    @njit
    def places(k, out_shape, out_strides, a_shape, a_strides):
        to, source = 0, 0
        for d in range(1, len(out_shape) + 1):
            i = k % out_shape[-d]
            k //= out_shape[-d]
            to += i * out_strides[-d]
            if d <= len(a_shape) and a_shape[-d] != 1:
                source += i * a_strides[-d]
        return to, source

    @njit(parallel=True)
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides):
        n = 1
        for length in out_shape:
            n *= length
        for k in prange(n):
            to, source = places(np.int64(k), out_shape, out_strides, a_shape, a_strides)
            out[to] = f(a[source])

    return kernel
