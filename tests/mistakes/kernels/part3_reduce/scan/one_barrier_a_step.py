"""Adds in place, so a thread may read a sum that has this step's addition in it."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"safe": "failed", "fault": "race"}

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
            sums[t] += sums[t - distance]
        cuda.syncthreads()
        distance *= 2
    if i < size:
        out[i] = sums[t]
