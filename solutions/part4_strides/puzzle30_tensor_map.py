"""
# Puzzle 30 · Tensor map

## Walkthrough

One iteration makes one element of `out`. It is given `k`, the number of that element, counted row
by row, and it needs two places: where the element goes and where it comes from. Both are `offset`
of `k` and of **out's** shape, since `k` counts the elements of `out`; only the strides differ.
For `a` they are those of `a` broadcast to that shape: 0 along each dimension over which `a` is
repeated.

The strides are worked out once, before the loop. Within it nothing is stored but the result, so
no two iterations touch one cell, and the loop may be parallel.

**The unsigned index.** numba makes the index of a `prange` unsigned. An unsigned number and a
signed one have no common integer type, so `k % shape[d]` turns into a float, and a float is no
index. `np.int64(i)` makes a signed number of it; `int(i)` leaves it unsigned. Nor can the index
be assigned to: `i //= 3` is refused, since the loop's counter is not yours. A number of your own
solves both.

**How many elements?** The product of the shape; 1 where there are no dimensions. Not `len(out)`:
a storage with gaps is longer, and what lies in the gaps belongs to some other tensor.

**A buffer for the index.** Many libraries first turn `k` into an index, an array with an entry a
dimension, and the index into a place. That is right as long as each iteration makes its own
buffer, inside of the loop. One buffer made before the loop is shared by all of them: they
overwrite each other's index, and it hardly ever shows when you try it.

**The traps.** `f(a[k])`, right for a tensor that lies row by row. Strides of `a` with the shape
of `a` for both. A dimension of length 1 whose stride is not 0: its only index is 0, so the stride
must not count.

**A fast path.** Where `out` and `a` both lie row by row without gaps, both places are `k`. To
test that once, before the loop, makes a large map several times faster; libraries do it.

**Take with you**: a map is a loop over the elements of the output, two places each, and one call.
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


@puzzle("tensor_map")
def tensor_map(f):
    @njit(parallel=True)
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides):
        strides = broadcast_strides(a_shape, a_strides, out_shape)
        for i in prange(count(out_shape)):
            k = np.int64(i)
            element = a[offset(k, out_shape, strides)]
            out[offset(k, out_shape, out_strides)] = f(element)

    return kernel
