"""Takes from shared memory what another thread may not have put there yet."""

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
        length = min(TPB, size - cuda.blockIdx.x * TPB)
        out[i] = stretch[t] + stretch[length - 1 - t]
