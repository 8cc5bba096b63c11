"""Right whenever the size is a multiple of the block."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("choose")
@cuda.jit
def choose(out, a, b, size):
    i = cuda.grid(1)
    x = a[i]
    y = b[i]
    out[i] = x if abs(x) >= abs(y) else y
