"""The barrier counts the threads that have an element, which is the length of the stretch."""

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
    has_one = i < size
    if has_one:
        stretch[t] = a[i]
    length = cuda.syncthreads_count(int(has_one))
    if has_one:
        out[i] = stretch[t] + stretch[length - 1 - t]
