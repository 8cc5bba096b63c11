"""One step too far: shows only when a thread is left over."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("guard")
@cuda.jit
def guard(out, a, size):
    i = cuda.threadIdx.x
    if i <= size:
        out[i] = a[i] + 10
