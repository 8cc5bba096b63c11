"""Right for the size that its author tried."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("guard")
@cuda.jit
def guard(out, a, size):
    i = cuda.threadIdx.x
    if i < 4:
        out[i] = a[i] + 10
