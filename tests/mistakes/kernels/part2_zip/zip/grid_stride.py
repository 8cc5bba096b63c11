"""A loop that would be right for any launch."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("zip")
@cuda.jit
def zip(out, a, b, size):
    for i in range(cuda.grid(1), size, cuda.gridsize(1)):
        out[i] = a[i] + b[i]
