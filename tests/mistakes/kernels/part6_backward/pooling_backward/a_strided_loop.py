"""A loop over cells that would do with fewer threads too."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@puzzle("pooling_backward")
@cuda.jit
def pooling_backward(grad_a, d, size):
    for i in range(cuda.grid(1), size, cuda.gridsize(1)):
        total = d[i]
        for j in (i + 1, i + 2):
            if j < size:
                total += d[j]
        grad_a[i] = total
