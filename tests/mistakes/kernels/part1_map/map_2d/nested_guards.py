"""One test for each direction, in the other order."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("map_2d")
@cuda.jit
def map_2d(out, a, rows, cols):
    x = cuda.threadIdx.x
    y = cuda.threadIdx.y
    if y < rows:
        if x < cols:
            out[y, x] = a[y, x] + 10
