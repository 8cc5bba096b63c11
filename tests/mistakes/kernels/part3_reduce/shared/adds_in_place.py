"""Changes a place of shared memory that the mirror image's thread still has to read."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"safe": "failed", "fault": "race"}

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
        length = min(TPB, size - cuda.blockIdx.x * TPB)
        stretch[t] += stretch[length - 1 - t]
        out[i] = stretch[t]
