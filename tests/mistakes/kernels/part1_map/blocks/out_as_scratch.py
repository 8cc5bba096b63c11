"""Right, but out is written twice and read back."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("blocks")
@cuda.jit
def blocks(out, a, size):
    i = cuda.grid(1)
    if i < size:
        out[i] = a[i]
        out[i] = out[i] + 10
