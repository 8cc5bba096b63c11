"""Threads without an element store all the same."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "out-of-bounds"}

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
    while distance < TPB:
        after = sums[t + distance] if t + distance < TPB else 0.0
        cuda.syncthreads()
        sums[t] += after
        cuda.syncthreads()
        distance *= 2
    grad_a[i] = sums[t]
