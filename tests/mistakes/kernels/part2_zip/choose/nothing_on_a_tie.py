"""Two strict comparisons, and no answer between them."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}


@puzzle("choose")
@cuda.jit
def choose(out, a, b, size):
    i = cuda.grid(1)
    if i < size:
        x = a[i]
        y = b[i]
        if abs(x) > abs(y):
            out[i] = x
        elif abs(y) > abs(x):
            out[i] = y
