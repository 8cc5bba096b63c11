"""Two rows of shared memory, so one barrier a step is enough."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("scan")
@cuda.jit
def scan(out, a, size):
    sums = cuda.shared.array((2, TPB), float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    here = 0
    sums[here, t] = a[i] if i < size else 0
    cuda.syncthreads()
    distance = 1
    while distance < TPB:
        there = 1 - here
        if t >= distance:
            sums[there, t] = sums[here, t] + sums[here, t - distance]
        else:
            sums[there, t] = sums[here, t]
        cuda.syncthreads()
        here = there
        distance *= 2
    if i < size:
        out[i] = sums[here, t]
