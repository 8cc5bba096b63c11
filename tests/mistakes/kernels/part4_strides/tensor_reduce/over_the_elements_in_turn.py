"""Goes over the elements of a one after the other, which is right but for one core."""

from numba import njit

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@njit
def count(shape):
    size = 1
    for length in shape:
        size *= length
    return size


@njit
def offset(k, shape, strides):
    place = 0
    for d in range(len(shape) - 1, -1, -1):
        place += k % shape[d] * strides[d]
        k //= shape[d]
    return place


@puzzle("tensor_reduce")
def tensor_reduce(f):
    @njit(parallel=True)
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides, reduce_dim):
        strides = out_strides.copy()
        strides[reduce_dim] = 0
        for k in range(count(a_shape)):
            to = offset(k, a_shape, strides)
            out[to] = f(out[to], a[offset(k, a_shape, a_strides)])

    return kernel
