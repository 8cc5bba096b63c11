"""One step too far."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("choose")
@cuda.jit
def choose(out, a, b, size):
    i = cuda.grid(1)
    if i <= size:
        x = a[i]
        y = b[i]
        out[i] = x if abs(x) >= abs(y) else y
