"""Explicit index arithmetic, and locals for both elements."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("zip")
@cuda.jit
def zip(out, a, b, size):
    idx = cuda.threadIdx.x + cuda.blockDim.x * cuda.blockIdx.x
    if idx > size - 1:
        return
    left = a[idx]
    right = b[idx]
    out[idx] = left + right
