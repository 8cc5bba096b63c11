"""Threads left over repeat the last element: right, but work done twice."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("guard")
@cuda.jit
def guard(out, a, size):
    i = cuda.threadIdx.x
    if size > 0:
        j = i if i < size else size - 1
        out[j] = a[j] + 10
