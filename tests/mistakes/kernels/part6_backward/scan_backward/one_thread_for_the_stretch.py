"""Thread 0 goes through the stretch from behind."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("scan_backward")
@cuda.jit
def scan_backward(grad_a, d, size):
    start = cuda.blockIdx.x * TPB
    if cuda.threadIdx.x == 0 and start < size:
        total = float32(0)
        end = min(start + TPB, size)
        for k in range(end - start):
            i = end - 1 - k
            total += d[i]
            grad_a[i] = total
