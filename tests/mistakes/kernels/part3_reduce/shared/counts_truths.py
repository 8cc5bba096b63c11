"""The counting barrier wants an integer, and a comparison is none."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "compiles": "failed"}

TPB = 32


@puzzle("shared")
@cuda.jit
def shared(out, a, size):
    stretch = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    if i < size:
        stretch[t] = a[i]
    length = cuda.syncthreads_count(i < size)
    if i < size:
        out[i] = stretch[t] + stretch[length - 1 - t]
