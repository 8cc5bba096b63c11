"""Divides the size by the threads and forgets the remainder."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}


@puzzle("grid_stride")
@cuda.jit
def grid_stride(out, a, size):
    start = cuda.grid(1)
    threads = cuda.gridsize(1)
    for turn in range(size // threads):
        i = start + turn * threads
        out[i] = a[i] + 10
