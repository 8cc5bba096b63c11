"""Each block goes on as long as its own stretch needs it."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("scan")
@cuda.jit
def scan(out, a, size):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    length = min(TPB, size - cuda.blockIdx.x * TPB)
    if t < length:
        sums[t] = a[i]
    cuda.syncthreads()
    distance = 1
    while distance < length:
        before = 0.0
        if distance <= t < length:
            before = sums[t - distance]
        cuda.syncthreads()
        if distance <= t < length:
            sums[t] += before
        cuda.syncthreads()
        distance *= 2
    if t < length:
        out[i] = sums[t]
