"""Thread 0 reads everything itself."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("dot")
@cuda.jit
def dot(out, a, b, size):
    if cuda.threadIdx.x == 0:
        total = 0.0
        for k in range(size):
            total += a[k] * b[k]
        out[0] = total
