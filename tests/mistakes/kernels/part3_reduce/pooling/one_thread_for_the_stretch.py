"""Thread 0 does its block's stretch, with the last two elements in local variables."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("pooling")
@cuda.jit
def pooling(out, a, size):
    if cuda.threadIdx.x == 0:
        start = cuda.blockIdx.x * TPB
        x, y = 0.0, 0.0
        for i in range(max(start - 2, 0), min(start + TPB, size)):
            z = a[i]
            if i >= start:
                out[i] = x + y + z
            x, y = y, z
