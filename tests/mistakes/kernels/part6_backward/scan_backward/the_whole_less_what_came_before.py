"""Scans from the left; what is after is the whole, less the running sum, and the own element."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("scan_backward")
@cuda.jit
def scan_backward(grad_a, d, size):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    own = d[i] if i < size else float32(0)
    sums[t] = own
    cuda.syncthreads()
    distance = 1
    while distance < TPB:
        before = sums[t - distance] if t >= distance else float32(0)
        cuda.syncthreads()
        sums[t] += before
        cuda.syncthreads()
        distance *= 2
    if i < size:
        grad_a[i] = sums[TPB - 1] - sums[t] + own
