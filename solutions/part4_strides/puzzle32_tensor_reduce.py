"""
# Puzzle 32 · Tensor reduce

## Walkthrough

Two loops: over the elements of `out`, and for each of them over the elements of `a` that go into
it. Only the outer one is parallel.

**Why that one?** It would be shorter to loop over the elements of `a` and to combine each with
the cell of `out` that it belongs to: `out[place] = f(out[place], a[...])`. As an ordinary loop
that is right. As a parallel one it is a race: two iterations that belong to one cell both read
it, both combine, and the second to write destroys what the first one did. When tried it hardly
ever shows, and one day it does. The rule that keeps you safe: **an iteration writes only what no
other touches**, so let the parallel loop go over the outputs. A scatter becomes a gather; you
will meet it again when gradients are summed.

**Where does a row begin?** `out` has size 1 along `reduce_dim`, so every index into it is 0
there. The same index, with the strides of `a`, is the place of the first element to combine; the
others follow at steps of `a_strides[reduce_dim]`. No second way of counting is needed.

**The start.** `value` begins with what `out` holds. A 0 would be right for a sum alone: the
maximum of negative numbers would come out as 0. The first element would be right as long as there
is one.

**Why a variable?** `value` is the iteration's own, and the compiler keeps it in a register. To
combine in `out[place]` would be right too, since no other iteration touches it, but each step
would then read and write memory.

**The traps.** `len(a)` steps. The last dimension instead of `reduce_dim`. Steps of 1, right as
long as the last dimension of a contiguous tensor is reduced.

**Take with you**: parallel over the outputs, in turn over what goes into one.
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


@puzzle("tensor_reduce")
def tensor_reduce(f):
    @njit(parallel=True)
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides, reduce_dim):
        for i in prange(count(out_shape)):
            k = np.int64(i)
            place = offset(k, out_shape, out_strides)
            first = offset(k, out_shape, a_strides)
            value = out[place]
            for j in range(a_shape[reduce_dim]):
                value = f(value, a[first + j * a_strides[reduce_dim]])
            out[place] = value

    return kernel
