"""One step too far, in the last block only."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("blocks")
@cuda.jit
def blocks(out, a, size):
    i = cuda.grid(1)
    if i <= size:
        out[i] = a[i] + 10
