"""Thread 0 does the work of the whole block."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("shared")
@cuda.jit
def shared(out, a, size):
    if cuda.threadIdx.x == 0:
        start = cuda.blockIdx.x * TPB
        end = min(start + TPB, size)
        for i in range(start, end):
            out[i] = a[i] + a[end - 1 - (i - start)]
