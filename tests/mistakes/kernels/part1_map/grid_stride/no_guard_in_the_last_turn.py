"""Rounds the number of turns up, and lets all threads make the last one."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("grid_stride")
@cuda.jit
def grid_stride(out, a, size):
    start = cuda.grid(1)
    threads = cuda.gridsize(1)
    for turn in range((size + threads - 1) // threads):
        i = start + turn * threads
        out[i] = a[i] + 10
