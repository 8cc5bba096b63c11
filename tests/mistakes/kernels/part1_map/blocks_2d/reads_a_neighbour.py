"""Reads the element before its own for nothing: right, but two reads."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("blocks_2d")
@cuda.jit
def blocks_2d(out, a, rows, cols):
    x = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    y = cuda.blockIdx.y * cuda.blockDim.y + cuda.threadIdx.y
    if x < cols and y < rows:
        before = a[y, x - 1] if x > 0 else a[y, x]
        value = a[y, x]
        out[y, x] = value + 10 + (before - before)
