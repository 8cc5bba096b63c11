"""Reads in front of the array, where Python would count from its end."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "out-of-bounds"}

TPB = 32
HALO = TPB + 2


@puzzle("pooling")
@cuda.jit
def pooling(out, a, size):
    window = cuda.shared.array(HALO, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    if i < size:
        window[t + 2] = a[i]
    if t < 2 and i < size + 2:
        window[t] = a[i - 2]
    cuda.syncthreads()
    if i < size:
        out[i] = window[t] + window[t + 1] + window[t + 2]
