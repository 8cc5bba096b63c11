"""
# Puzzle 31 · Tensor zip

## Walkthrough

Nothing is new but the second input, and that is the point. All that broadcasting has to say is
said before the loop, in two arrays of strides. Within it, `a`, `b` and `out` are treated alike:
the same `k`, the same shape, their own strides.

**The shape is always out's.** `k` counts the elements of `out`, so `k` is taken apart with the
shape of `out`. Somebody who takes it apart with the shape of `a` gets the right index only where
both shapes are the same.

**Lining up from the right.** `b` of shape (3,) beside `out` of shape (2, 3): its only dimension
is the last one of `out`, and along the first one it is repeated. `broadcast_strides` puts a 0
there. Lined up from the left, the example above would read outside of `b`.

**f is not symmetric.** `f(x, y)` and `f(y, x)` differ for a difference, a quotient, a comparison.

**The traps.** To broadcast only one of the inputs, since in a loss function, for example, it is
always the second that is smaller. To take a dimension of length 1 at its stride: a matrix of one
column may well have a stride of 1 along its columns.

**Take with you**: broadcasting costs nothing in the loop. It is a question of strides.
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


@puzzle("tensor_zip")
def tensor_zip(f):
    @njit(parallel=True)
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides, b, b_shape, b_strides):
        strides_in_a = broadcast_strides(a_shape, a_strides, out_shape)
        strides_in_b = broadcast_strides(b_shape, b_strides, out_shape)
        for i in prange(count(out_shape)):
            k = np.int64(i)
            x = a[offset(k, out_shape, strides_in_a)]
            y = b[offset(k, out_shape, strides_in_b)]
            out[offset(k, out_shape, out_strides)] = f(x, y)

    return kernel
