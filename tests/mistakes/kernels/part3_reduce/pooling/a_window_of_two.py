"""Brings in one element from before the block, and adds up two."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TPB = 32
HALO = TPB + 2


@puzzle("pooling")
@cuda.jit
def pooling(out, a, size):
    window = cuda.shared.array(HALO, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    if i < size:
        window[t + 1] = a[i]
    if t == 0:
        window[0] = a[i - 1] if 1 <= i < size + 1 else 0
    cuda.syncthreads()
    if i < size:
        out[i] = window[t] + window[t + 1]
