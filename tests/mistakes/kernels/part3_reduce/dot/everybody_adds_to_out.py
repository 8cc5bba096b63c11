"""Every thread adds to out[0], so they overwrite each other's sums."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"safe": "failed", "fault": "race"}

TPB = 32


@puzzle("dot")
@cuda.jit
def dot(out, a, b, size):
    t = cuda.threadIdx.x
    if t == 0:
        out[0] = 0
    cuda.syncthreads()
    if t < size:
        out[0] += a[t] * b[t]
