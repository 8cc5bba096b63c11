"""Compares with the number of threads, which is true for every thread there is."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("guard")
@cuda.jit
def guard(out, a, size):
    i = cuda.threadIdx.x
    if i < cuda.blockDim.x:
        out[i] = a[i] + 10
