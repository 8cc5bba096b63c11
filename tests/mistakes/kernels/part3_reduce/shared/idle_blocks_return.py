"""A block without an element ends as a whole, before anybody waits; the others have one barrier each."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("shared")
@cuda.jit
def shared(out, a, size):
    t = cuda.threadIdx.x
    start = cuda.blockIdx.x * TPB
    if start >= size:
        return
    stretch = cuda.shared.array(TPB, float32)
    length = min(TPB, size - start)
    if t < length:
        stretch[t] = a[start + t]
    cuda.syncthreads()
    if t < length:
        out[start + t] = stretch[t] + stretch[length - 1 - t]
