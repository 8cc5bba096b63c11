"""The shared array has a place for each thread, and none for the two before them."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "out-of-bounds"}

TPB = 32


@puzzle("pooling")
@cuda.jit
def pooling(out, a, size):
    window = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    if i < size:
        window[t + 2] = a[i]
    if t < 2:
        window[t] = a[i - 2] if 2 <= i < size + 2 else 0
    cuda.syncthreads()
    if i < size:
        out[i] = window[t] + window[t + 1] + window[t + 2]
