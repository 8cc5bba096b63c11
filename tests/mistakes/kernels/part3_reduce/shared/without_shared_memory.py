"""Reads the mirror image from global memory: right, and twice the reads."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("shared")
@cuda.jit
def shared(out, a, size):
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    if i < size:
        start = cuda.blockIdx.x * TPB
        length = min(TPB, size - start)
        out[i] = a[i] + a[start + length - 1 - t]
