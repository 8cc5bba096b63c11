"""The loop in a function of its own, distances by shifting."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@cuda.jit(device=True)
def running_from_the_right(sums, t):
    distance = 1
    while distance < TPB:
        after = float32(0)
        if t + distance < TPB:
            after = sums[t + distance]
        cuda.syncthreads()
        sums[t] += after
        cuda.syncthreads()
        distance <<= 1


@puzzle("scan_backward")
@cuda.jit
def scan_backward(grad_a, d, size):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    sums[t] = d[i] if i < size else 0
    cuda.syncthreads()
    running_from_the_right(sums, t)
    if i < size:
        grad_a[i] = sums[t]
