"""Keeps its own sum in a local variable beside the shared one."""

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
    own = float32(0)
    if i < size:
        own = d[i]
    sums[t] = own
    distance = 1
    while distance < TPB:
        cuda.syncthreads()
        after = float32(0)
        if t < TPB - distance:
            after = sums[t + distance]
        cuda.syncthreads()
        own += after
        sums[t] = own
        distance *= 2
    if i < size:
        grad_a[i] = own
