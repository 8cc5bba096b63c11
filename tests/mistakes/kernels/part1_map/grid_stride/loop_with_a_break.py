"""An endless loop with a guard inside that leaves it."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("grid_stride")
@cuda.jit
def grid_stride(out, a, size):
    i = cuda.grid(1)
    while True:
        if i >= size:
            break
        out[i] = a[i] + 10
        i += cuda.gridsize(1)
