"""
# Puzzle 30 · Tensor map

The first verb for every tensor, on all cores of the processor. Your function gets a scalar function
`f`, compiled already, and returns a kernel: a function under `@njit(parallel=True)`. In it,
`prange` is a `range` whose iterations run at the same time, in no order.

A tensor comes in three arguments: its storage, one long row of numbers; its shape; its strides.
Element `k` of `out`, counted row by row, goes to one place and comes from another.

    out_shape  2, 3     out_strides  3, 1      element 4 is at index 1, 1
      a_shape     3       a_strides     2      out[1 * 3 + 1 * 1] = f(a[1 * 2])

Your `offset` and `broadcast_strides` of puzzles 26 and 29 compile: copy them, each under `@njit`.

- **Arrays**: `out` and `a` are storages with one axis, float32, and begin at the tensor's first
  element. Shapes and strides have one axis, int64. `out` arrives holding nothing.
- **Strides** count elements and are never negative. A tensor may be permuted or have gaps between
  its elements, so `len(out)` is not its size. What lies in the gaps of `out` is not yours.
- **Broadcasting**: the shape of `a` broadcasts to that of `out`. An expanded `a` has strides of 0.
- **Sizes**: 0 to 4 dimensions, each of which may be 0 long.
- **Launch**: none. The kernel is called once, and spreads its iterations by itself.
- **Third star**: each element of `a` is read once and each of `out` written once, where nothing is
  broadcast, and the iterations that do it are those of a `prange`.
"""

import numpy as np
from numba import njit, prange

from minigrad.workbook import puzzle


@puzzle("tensor_map")
def tensor_map(f):
    @njit(parallel=True)
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides):
        # Your code here: about 5 lines.
        pass

    return kernel
