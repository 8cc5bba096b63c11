"""The first thread of each row walks along it: right, but it reads more than one element."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("map_2d")
@cuda.jit
def map_2d(out, a, rows, cols):
    x = cuda.threadIdx.x
    y = cuda.threadIdx.y
    if x == 0 and y < rows:
        for column in range(cols):
            out[y, column] = a[y, column] + 10
