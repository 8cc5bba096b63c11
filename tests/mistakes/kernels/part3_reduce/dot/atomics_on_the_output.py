"""Sets out[0] to 0, waits, and lets every thread add atomically: right, and as many writes as threads."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("dot")
@cuda.jit
def dot(out, a, b, size):
    t = cuda.threadIdx.x
    if t == 0:
        out[0] = 0
    cuda.syncthreads()
    if t < size:
        cuda.atomic.add(out, 0, a[t] * b[t])
