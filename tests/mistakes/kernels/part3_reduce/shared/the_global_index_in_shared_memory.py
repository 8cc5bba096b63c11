"""Uses the place in the array for the place in the block: right in block 0."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "out-of-bounds"}

TPB = 32


@puzzle("shared")
@cuda.jit
def shared(out, a, size):
    stretch = cuda.shared.array(TPB, float32)
    i = cuda.grid(1)
    if i < size:
        stretch[i] = a[i]
    cuda.syncthreads()
    if i < size:
        start = cuda.blockIdx.x * TPB
        length = min(TPB, size - start)
        out[i] = stretch[i] + stretch[start + length - 1 - cuda.threadIdx.x]
