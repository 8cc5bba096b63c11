"""Column -1 of one column is the same as column 0, in numba. CUDA C does not wrap."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "out-of-bounds"}


@puzzle("broadcast")
@cuda.jit
def broadcast(out, a, b, rows, cols):
    x, y = cuda.grid(2)
    if y < rows and x < cols:
        out[y, x] = a[y, -1] + b[-1, x]
