"""The block size of the author's own launch, written into the kernel."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}


@puzzle("blocks")
@cuda.jit
def blocks(out, a, size):
    i = cuda.blockIdx.x * 32 + cuda.threadIdx.x
    if i < size:
        out[i] = a[i] + 10
