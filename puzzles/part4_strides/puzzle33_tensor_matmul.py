"""
# Puzzle 33 · Tensor matmul

Matrix multiplication for every tensor. Your function takes nothing and returns a kernel for all
cores of the processor. The last two dimensions are the matrices: n × k times k × m gives n × m.
Those before them are the batch, and broadcast as always.

      a_shape  4, 1, 2, 3
      b_shape     5, 3, 2      batches (4, 1) and (5) broadcast to (4, 5)
    out_shape  4, 5, 2, 2      out[p, q, r, c] = sum over j of a[p, 0, r, j] * b[q, j, c]

Written as a zip and a reduce, a tensor of n × k × m products would have to be stored first. Here it
never is.

- **Arrays**: `out`, `a`, `b` are storages with one axis, float32, and begin at the tensor's first
  element. Shapes and strides have one axis, int64. `out` arrives holding nothing.
- **Strides** count elements and are never negative. A tensor may be permuted or have gaps between
  its elements; what lies in the gaps of `out` is not yours. An expanded input has strides of 0.
- **Sizes**: 2 to 4 dimensions; `out` has as many as the longer of `a` and `b`. Each may be 0 long,
  k too, and then the sums are 0.
- **Launch**: none. The kernel is called once, and spreads its iterations by itself.
- **Third star**: no more than two reads for each product, each element of `out` is written once,
  and the iterations that do it are those of a `prange`.
"""

import numpy as np
from numba import njit, prange

from minigrad.workbook import puzzle


@puzzle("tensor_matmul")
def tensor_matmul():
    @njit(parallel=True)
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides, b, b_shape, b_strides):
        # Your code here: about 12 lines.
        pass

    return kernel
