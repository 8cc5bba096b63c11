"""Every block does the first elements again, and nobody does the rest."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}


@puzzle("blocks")
@cuda.jit
def blocks(out, a, size):
    i = cuda.threadIdx.x
    if i < size:
        out[i] = a[i] + 10
