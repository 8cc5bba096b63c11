"""Adds atomically to out[0], which nobody has set to 0."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "uninitialised-read"}

TPB = 32


@puzzle("dot")
@cuda.jit
def dot(out, a, b, size):
    t = cuda.threadIdx.x
    if t < size:
        cuda.atomic.add(out, 0, a[t] * b[t])
