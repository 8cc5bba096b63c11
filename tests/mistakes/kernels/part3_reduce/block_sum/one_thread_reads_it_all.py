"""Thread 0 of each block reads the stretch by itself, in float64."""

from numba import cuda, float64

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("block_sum")
@cuda.jit
def block_sum(out, a, size):
    if cuda.threadIdx.x == 0:
        start = cuda.blockIdx.x * TPB
        total = float64(0)
        for k in range(start, min(start + TPB, size)):
            total += a[k]
        out[cuda.blockIdx.x] = total
