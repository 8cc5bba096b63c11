"""Puts each element where its mirror image will look for it."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("shared")
@cuda.jit
def shared(out, a, size):
    stretch = cuda.shared.array(shape=(TPB,), dtype=float32)
    t = cuda.threadIdx.x
    i = cuda.blockIdx.x * cuda.blockDim.x + t
    here = i < size
    x = float32(0)
    place = min(cuda.blockDim.x, size - cuda.blockIdx.x * cuda.blockDim.x) - 1 - t
    if here:
        x = a[i]
        stretch[place] = x
    cuda.syncthreads()
    if here:
        out[i] = x + stretch[t]
