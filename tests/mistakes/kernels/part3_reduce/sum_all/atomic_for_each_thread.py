"""Each thread adds up its elements and goes to out itself: right, with many atomics."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("sum_all")
@cuda.jit
def sum_all(out, a, size):
    total = float32(0)
    for i in range(cuda.grid(1), size, cuda.gridsize(1)):
        total += a[i]
    cuda.atomic.add(out, 0, total)
