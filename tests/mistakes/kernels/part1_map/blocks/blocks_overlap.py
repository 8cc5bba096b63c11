"""Each block begins one element early: the last elements are left out."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}


@puzzle("blocks")
@cuda.jit
def blocks(out, a, size):
    i = cuda.blockIdx.x * (cuda.blockDim.x - 1) + cuda.threadIdx.x
    if i < size:
        out[i] = a[i] + 10
