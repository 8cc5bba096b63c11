"""Takes the index of the prange apart as it is: it is unsigned, and its remainders are floats."""

from numba import njit, prange

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "compiles": "failed"}


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
        for k in prange(count(out_shape)):
            to, source = offset(k, out_shape, out_strides), offset(k, out_shape, a_strides)
            value = out[to]
            for j in range(a_shape[reduce_dim]):
                value = f(value, a[source + j * a_strides[reduce_dim]])
            out[to] = value

    return kernel
