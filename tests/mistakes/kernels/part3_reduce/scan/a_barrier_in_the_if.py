"""Threads that have all they need pass by the barriers and end: right since Volta, and not portable."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("scan")
@cuda.jit
def scan(out, a, size):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    sums[t] = a[i] if i < size else 0
    cuda.syncthreads()
    distance = 1
    while distance < TPB:
        if t >= distance:
            before = sums[t - distance]
            cuda.syncthreads()
            sums[t] += before
            cuda.syncthreads()
        distance *= 2
    if i < size:
        out[i] = sums[t]
