"""Each row is done by one thread."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("mask")
@cuda.jit
def mask(out, a, size):
    x, y = cuda.grid(2)
    if x == 0 and y < size:
        for column in range(size):
            if column < y:
                out[y, column] = 0
            else:
                out[y, column] = a[y, column]
