"""Two rows of shared memory, so one barrier a step is enough."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("scan_backward")
@cuda.jit
def scan_backward(grad_a, d, size):
    sums = cuda.shared.array((2, TPB), float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    here = 0
    sums[here, t] = d[i] if i < size else 0
    cuda.syncthreads()
    distance = 1
    while distance < TPB:
        x = sums[here, t]
        if t + distance < TPB:
            x += sums[here, t + distance]
        here = 1 - here
        sums[here, t] = x
        cuda.syncthreads()
        distance *= 2
    if i < size:
        grad_a[i] = sums[here, t]
