"""A loop in each direction, right for any launch."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("blocks_2d")
@cuda.jit
def blocks_2d(out, a, rows, cols):
    x, y = cuda.grid(2)
    step_x, step_y = cuda.gridsize(2)
    for row in range(y, rows, step_y):
        for col in range(x, cols, step_x):
            out[row, col] = a[row, col] + 10
