"""A serial loop by the first thread of the launch: right, and the others stand by."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("sum_all")
@cuda.jit
def sum_all(out, a, size):
    if cuda.grid(1) == 0:
        total = 0.0
        for i in range(size):
            total += a[i]
        cuda.atomic.add(out, 0, total)
