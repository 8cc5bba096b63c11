"""A zip for any function of two numbers, told to add."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


def zip_with(fn):
    @cuda.jit
    def zip(out, a, b, size):
        i = cuda.grid(1)
        if i < size:
            out[i] = fn(a[i], b[i])

    return zip


@cuda.jit(device=True)
def plus(x, y):
    return x + y


zip = puzzle("zip")(zip_with(plus))
