"""Takes the row first and then its element, as one may with a NumPy array."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("map_2d")
@cuda.jit
def map_2d(out, a, rows, cols):
    x = cuda.threadIdx.x
    y = cuda.threadIdx.y
    if y < a.shape[0] and x < a.shape[1]:
        out[y][x] = a[y][x] + 10
