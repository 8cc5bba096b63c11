"""The kernel is made by a function that is told how much to add."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


def adder(amount):
    @cuda.jit
    def blocks(out, a, size):
        i = cuda.grid(1)
        if i < size:
            out[i] = a[i] + amount

    return blocks


blocks = puzzle("blocks")(adder(10))
