"""The remainder is the length of a last stretch, unless that one is full or another block is the last."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed"}

TPB = 32


@puzzle("shared")
@cuda.jit
def shared(out, a, size):
    stretch = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    if i < size:
        stretch[t] = a[i]
    cuda.syncthreads()
    if i < size:
        length = TPB
        if cuda.blockIdx.x == cuda.gridDim.x - 1:
            length = size % TPB
        out[i] = stretch[t] + stretch[length - 1 - t]
