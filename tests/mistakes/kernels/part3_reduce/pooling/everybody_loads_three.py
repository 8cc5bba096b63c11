"""Fills shared memory as if each thread were alone: right, with a note for the double writes."""

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
    for k in range(3):
        at = i + k - 2
        window[t + k] = a[at] if 0 <= at < size else 0
    cuda.syncthreads()
    if i < size:
        out[i] = window[t] + window[t + 1] + window[t + 2]
