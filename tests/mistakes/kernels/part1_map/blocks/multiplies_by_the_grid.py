"""The number of blocks where the number of threads should stand: right if the two are equal."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}


@puzzle("blocks")
@cuda.jit
def blocks(out, a, size):
    i = cuda.blockIdx.x * cuda.gridDim.x + cuda.threadIdx.x
    if i < size:
        out[i] = a[i] + 10
