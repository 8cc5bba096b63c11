"""The first thread of each row fills it: right, but it reads much more than two elements."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("broadcast")
@cuda.jit
def broadcast(out, a, b, rows, cols):
    x, y = cuda.grid(2)
    if x == 0 and y < rows:
        for column in range(cols):
            out[y, column] = a[y, 0] + b[0, column]
