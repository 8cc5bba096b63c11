"""More conditions than needed, in the order in which they came to mind."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("guard")
@cuda.jit
def guard(out, a, size):
    i = cuda.threadIdx.x
    if i >= 0:
        if size > 0:
            if not i >= size:
                out[i] = a[i] + 10
