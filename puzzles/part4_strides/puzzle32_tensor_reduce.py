"""
# Puzzle 32 · Tensor reduce

The third verb for every tensor: all elements along one dimension, combined into one. Your function
gets a scalar function `f` of two numbers and returns a kernel for all cores of the processor. The
shape of `out` is that of `a`, with 1 at `reduce_dim`.

      a_shape  2, 3     a_strides  3, 1      reduce_dim  1
    out_shape  2, 1   out_strides  1, 1      out[1] = f(f(f(out[1], a[3]), a[4]), a[5])

`out` arrives filled with the start: the identity of `f`, the number that changes nothing, such as 0
for a sum and 1 for a product. Where there is nothing to combine, it is the result.

- **Arrays**: `out` and `a` are storages with one axis, float32, and begin at the tensor's first
  element. Shapes and strides have one axis, int64.
- **Strides** count elements and are never negative. A tensor may be permuted or have gaps between
  its elements; what lies in the gaps of `out` is not yours. An expanded `a` has strides of 0.
- **Sizes**: 1 to 4 dimensions, each of which may be 0 long; `reduce_dim` is one of them, from 0.
- **Order**: `f` is associative and commutative, so the elements may be combined in any order.
- **Launch**: none. The kernel is called once, and spreads its iterations by itself.
- **Third star**: each element of `a` is read once and each of `out` written once, where `a` is not
  expanded, and the iterations that do it are those of a `prange`.
"""

import numpy as np
from numba import njit, prange

from minigrad.workbook import puzzle


@puzzle("tensor_reduce")
def tensor_reduce(f):
    @njit(parallel=True)
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides, reduce_dim):
        # Your code here: about 8 lines.
        pass

    return kernel
