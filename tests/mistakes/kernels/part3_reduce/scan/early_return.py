"""Threads without an element end before the barriers: nobody to their left needs them."""

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
    if i >= size:
        return
    sums[t] = a[i]
    cuda.syncthreads()
    distance = 1
    while distance < TPB:
        before = sums[t - distance] if t >= distance else 0.0
        cuda.syncthreads()
        sums[t] += before
        cuda.syncthreads()
        distance *= 2
    out[i] = sums[t]
