"""Takes every stretch for a full one, with zeros behind its end."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TPB = 32


@puzzle("shared")
@cuda.jit
def shared(out, a, size):
    stretch = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    stretch[t] = a[i] if i < size else 0
    cuda.syncthreads()
    if i < size:
        out[i] = stretch[t] + stretch[TPB - 1 - t]
