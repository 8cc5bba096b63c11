"""Adds to out three times, where a local variable would do."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

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
    if t < 2:
        window[t] = a[i - 2] if 2 <= i < size + 2 else 0
    cuda.syncthreads()
    if i < size:
        out[i] = 0
        for k in range(3):
            out[i] += window[t + k]
