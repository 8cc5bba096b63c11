"""Imports from numba.cuda by name, and gives the constant another name."""

from numba import cuda, float32
from numba.cuda import grid, syncthreads

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32
THREADS = TPB


@puzzle("shared")
@cuda.jit
def shared(out, a, size):
    stretch = cuda.shared.array(THREADS, float32)
    t = cuda.threadIdx.x
    i = grid(1)
    if i < size:
        stretch[t] = a[i]
    syncthreads()
    if i < size:
        last = THREADS - 1
        if (cuda.blockIdx.x + 1) * THREADS > size:
            last = (size - 1) % THREADS
        out[i] = stretch[t] + stretch[last - t]
