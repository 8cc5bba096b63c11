"""Adds the last sum of the block before, as if that had ended: one running sum for all."""

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
        before = sums[t - distance] if t >= distance else 0.0
        cuda.syncthreads()
        sums[t] += before
        cuda.syncthreads()
        distance *= 2
    if i < size:
        out[i] = sums[t]
        if cuda.blockIdx.x > 0:
            out[i] += out[cuda.blockIdx.x * TPB - 1]
