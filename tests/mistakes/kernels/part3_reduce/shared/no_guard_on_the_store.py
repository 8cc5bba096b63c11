"""Guards the load and forgets the store."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "out-of-bounds"}

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
    length = min(TPB, size - cuda.blockIdx.x * TPB)
    out[i] = stretch[t] + stretch[length - 1 - t]
