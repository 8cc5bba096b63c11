"""Written for blocks of 32 threads, and right for no others."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "uninitialised-read"}

TPB = 32


@puzzle("shared")
@cuda.jit
def shared(out, a, size):
    stretch = cuda.shared.array(32, float32)
    t = cuda.threadIdx.x
    i = cuda.blockIdx.x * 32 + t
    if i < size:
        stretch[t] = a[i]
    cuda.syncthreads()
    if i < size:
        length = min(32, size - cuda.blockIdx.x * 32)
        out[i] = stretch[t] + stretch[length - 1 - t]
