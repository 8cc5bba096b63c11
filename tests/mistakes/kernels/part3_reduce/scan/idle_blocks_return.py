"""A block without an element ends as a whole, before anybody waits."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("scan")
@cuda.jit
def scan(out, a, size):
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    if i - t >= size:
        return
    sums = cuda.shared.array(TPB, float32)
    sums[t] = a[i] if i < size else 0
    cuda.syncthreads()
    distance = 1
    while distance < TPB:
        before = 0.0
        if t >= distance:
            before = sums[t - distance]
        cuda.syncthreads()
        sums[t] += before
        cuda.syncthreads()
        distance <<= 1
    if i < size:
        out[i] = sums[t]
