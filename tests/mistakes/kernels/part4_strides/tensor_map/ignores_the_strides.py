"""Takes every tensor for one that lies row by row."""

from numba import njit, prange

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed"}


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
        for k in prange(count(out_shape)):
            out[k] = f(a[k])

    return kernel
