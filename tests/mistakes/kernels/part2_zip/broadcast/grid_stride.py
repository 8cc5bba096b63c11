"""A loop in each direction, with nested guards in the ranges."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("broadcast")
@cuda.jit
def broadcast(out, a, b, rows, cols):
    x, y = cuda.grid(2)
    step_x, step_y = cuda.gridsize(2)
    for row in range(y, rows, step_y):
        for col in range(x, cols, step_x):
            out[row, col] = a[row, 0] + b[0, col]
