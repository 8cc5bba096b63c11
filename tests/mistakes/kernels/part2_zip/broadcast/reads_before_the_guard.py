"""Only the write is guarded."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("broadcast")
@cuda.jit
def broadcast(out, a, b, rows, cols):
    x, y = cuda.grid(2)
    value = a[y, 0] + b[0, x]
    if y < rows and x < cols:
        out[y, x] = value
