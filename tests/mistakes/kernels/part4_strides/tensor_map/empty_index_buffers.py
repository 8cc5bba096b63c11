"""The same with buffers that begin empty and are always as long as the most dimensions there are."""

import numpy as np
from numba import njit, prange

from minigrad.workbook import puzzle

EXPECT = "solved"


@njit
def count(shape):
    size = 1
    for length in shape:
        size *= length
    return size


@puzzle("tensor_map")
def tensor_map(f):
    @njit(parallel=True)
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides):
        for i in prange(count(out_shape)):
            index = np.empty(4, np.int32)
            rest = np.int64(i)
            for d in range(len(out_shape) - 1, -1, -1):
                index[d] = rest % out_shape[d]
                rest = rest // out_shape[d]
            to, source = 0, 0
            missing = len(out_shape) - len(a_shape)
            for d in range(len(out_shape)):
                to += index[d] * out_strides[d]
                if d >= missing and a_shape[d - missing] != 1:
                    source += index[d] * a_strides[d - missing]
            out[to] = f(a[source])

    return kernel
