"""Where the mirror image stands is worked out in a function of its own, in float64."""

from numba import cuda, float64

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@cuda.jit(device=True)
def mirror_of(t, block, size):
    behind = (block + 1) * TPB
    if behind > size:
        behind = size
    return behind - block * TPB - 1 - t


@puzzle("shared")
@cuda.jit
def shared(out, a, size):
    stretch = cuda.shared.array(TPB, float64)
    t, block = cuda.threadIdx.x, cuda.blockIdx.x
    i = block * TPB + t
    if i < size:
        stretch[t] = a[i]
    cuda.syncthreads()
    if i < size:
        out[i] = stretch[t] + stretch[mirror_of(t, block, size)]
