"""Loads the stretch turned round, scans it from the left, and turns it back."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("scan_backward")
@cuda.jit
def scan_backward(grad_a, d, size):
    sums = cuda.shared.array(TPB, float32)
    t = TPB - 1 - cuda.threadIdx.x
    i = cuda.blockIdx.x * TPB + t
    place = cuda.threadIdx.x
    sums[place] = d[i] if i < size else 0
    cuda.syncthreads()
    distance = 1
    while distance < TPB:
        before = 0.0
        if place >= distance:
            before = sums[place - distance]
        cuda.syncthreads()
        sums[place] += before
        cuda.syncthreads()
        distance *= 2
    if i < size:
        grad_a[i] = sums[place]
