"""Sets out[0] to 0 while others are already adding to it."""

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
    if t < size:
        cuda.atomic.add(out, 0, a[t] * b[t])
