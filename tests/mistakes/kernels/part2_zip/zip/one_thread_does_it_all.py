"""A loop in the first thread: right, and no use of a GPU."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("zip")
@cuda.jit
def zip(out, a, b, size):
    if cuda.grid(1) == 0:
        for i in range(size):
            out[i] = a[i] + b[i]
