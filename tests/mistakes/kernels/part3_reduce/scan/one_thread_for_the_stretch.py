"""Thread 0 goes along the stretch with a local variable."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("scan")
@cuda.jit
def scan(out, a, size):
    if cuda.threadIdx.x == 0:
        start = cuda.blockIdx.x * TPB
        total = 0.0
        for i in range(start, min(start + TPB, size)):
            total += a[i]
            out[i] = total
