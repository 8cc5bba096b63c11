"""
# Puzzle 33 · Tensor matmul

## Walkthrough

Each element of `out` is the sum of a row of `a` times a column of `b`. So an iteration needs
three places: where its result goes, where its row begins, where its column begins. All three are
`offset` of the same `k` and the same shape, with strides of their own, as in a zip.

**Which strides?** A step to the next row of `out` is a step to the next row of `a`, and `b`
stays: 0. A step to the next column is a step to the next column of `b`, and `a` stays: 0. The
batch dimensions broadcast as always. So take the broadcast strides and put a 0 at the last
dimension for `a`, at the last but one for `b`. What `broadcast_strides` made of the inner size k
there is overwritten, and that is right: no dimension of `out` is k long.

**Broadcasting, seen again.** A matrix product *is* a zip with broadcasting, n × k × 1 with 1 × k
× m, followed by a sum over k. The zeros are those of its two stretched dimensions; the loop over
`j` is the reduce. Nothing is stored in between.

**A sum of nothing is 0.** With k = 0 the inner loop does not run, and 0 is written all the same:
each cell of `out` arrives holding nothing. `out[...] +=` would add to that.

**The traps.** An accumulator made before the `prange` is shared by all iterations; numba refuses
it or takes it for one sum. `a_strides[0]` where `a_strides[-2]` is meant: right only without a
batch. To give each batch, rather than each element, an iteration of its own is right as well;
with a single pair of matrices only one core then works.

**How fast is it?** All cores work, but each element of `b` is read n times, from all over the
memory. Part 7 multiplies tile by tile, so that what is read is used many times.

**Take with you**: once map, zip and reduce are strides and a loop, so is matrix multiplication.
"""

import numpy as np
from numba import njit, prange

from minigrad.workbook import puzzle


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


@njit
def broadcast_strides(shape, strides, big_shape):
    big_strides = np.zeros(len(big_shape), np.int64)
    missing = len(big_shape) - len(shape)
    for d in range(len(shape)):
        if shape[d] != 1:
            big_strides[missing + d] = strides[d]
    return big_strides


@puzzle("tensor_matmul")
def tensor_matmul():
    @njit(parallel=True)
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides, b, b_shape, b_strides):
        rows = broadcast_strides(a_shape, a_strides, out_shape)
        rows[-1] = 0
        columns = broadcast_strides(b_shape, b_strides, out_shape)
        columns[-2] = 0
        for i in prange(count(out_shape)):
            k = np.int64(i)
            row = offset(k, out_shape, rows)
            column = offset(k, out_shape, columns)
            total = 0.0
            for j in range(a_shape[-1]):
                total += a[row + j * a_strides[-1]] * b[column + j * b_strides[-2]]
            out[offset(k, out_shape, out_strides)] = total

    return kernel
