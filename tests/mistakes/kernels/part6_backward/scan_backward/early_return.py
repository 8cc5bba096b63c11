"""Threads without an element end before the barriers: right since Volta, and not portable."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("scan_backward")
@cuda.jit
def scan_backward(grad_a, d, size):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    if i >= size:
        return
    there = min(TPB, size - cuda.blockIdx.x * TPB)
    sums[t] = d[i]
    cuda.syncthreads()
    distance = 1
    while distance < TPB:
        after = sums[t + distance] if t + distance < there else 0.0
        cuda.syncthreads()
        sums[t] += after
        cuda.syncthreads()
        distance *= 2
    grad_a[i] = sums[t]
