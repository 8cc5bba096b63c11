"""Stops when the distance has reached half of the block."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TPB = 32


@puzzle("scan_backward")
@cuda.jit
def scan_backward(grad_a, d, size):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    sums[t] = d[i] if i < size else 0
    cuda.syncthreads()
    distance = 1
    while distance < TPB // 2:
        after = sums[t + distance] if t + distance < TPB else 0.0
        cuda.syncthreads()
        sums[t] += after
        cuda.syncthreads()
        distance *= 2
    if i < size:
        grad_a[i] = sums[t]
