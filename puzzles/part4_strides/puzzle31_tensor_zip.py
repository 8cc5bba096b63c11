"""
# Puzzle 31 · Tensor zip

The second verb for every tensor: two inputs, element by element, with broadcasting. Your function
gets a scalar function `f` of two numbers and returns a kernel for all cores of the processor. The
element of `a` is the first argument of `f`, and that of `b` the second.

      a_shape  2, 1     a_strides  1, 1        element 4 of out is at index 1, 1
      b_shape     3     b_strides     1
    out_shape  2, 3   out_strides  3, 1        out[4] = f(a[1], b[1])

- **Arrays**: `out`, `a`, `b` are storages with one axis, float32, and begin at the tensor's first
  element. Shapes and strides have one axis, int64. `out` arrives holding nothing.
- **Strides** count elements and are never negative. A tensor may be permuted or have gaps between
  its elements; what lies in the gaps of `out` is not yours. An expanded input has strides of 0.
- **Broadcasting**: the shapes of `a` and `b` broadcast to that of `out`, each in its own way.
- **Sizes**: 0 to 4 dimensions, each of which may be 0 long.
- **Launch**: none. The kernel is called once, and spreads its iterations by itself.
- **Third star**: each element of `a` and `b` is read once and each of `out` written once, where
  nothing is broadcast, and the iterations that do it are those of a `prange`.
"""

import numpy as np
from numba import njit, prange

from minigrad.workbook import puzzle


@puzzle("tensor_zip")
def tensor_zip(f):
    @njit(parallel=True)
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides, b, b_shape, b_strides):
        # Your code here: about 7 lines.
        pass

    return kernel
