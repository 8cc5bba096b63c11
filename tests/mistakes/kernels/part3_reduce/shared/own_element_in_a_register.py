"""Only the mirror image comes from shared memory."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("shared")
@cuda.jit
def shared(out, a, size):
    stretch = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    own = 0.0
    if i < size:
        own = a[i]
        stretch[t] = own
    cuda.syncthreads()
    if i < size:
        length = min(TPB, size - cuda.blockIdx.x * TPB)
        out[i] = own + stretch[length - 1 - t]
