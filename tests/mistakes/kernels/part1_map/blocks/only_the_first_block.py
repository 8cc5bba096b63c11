"""Takes the other blocks for idle copies."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}


@puzzle("blocks")
@cuda.jit
def blocks(out, a, size):
    i = cuda.threadIdx.x
    if cuda.blockIdx.x == 0 and i < size:
        out[i] = a[i] + 10
