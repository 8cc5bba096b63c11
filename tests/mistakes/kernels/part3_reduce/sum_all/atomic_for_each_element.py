"""Every element goes to out by an atomic of its own: right, and slow."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("sum_all")
@cuda.jit
def sum_all(out, a, size):
    for i in range(cuda.grid(1), size, cuda.gridsize(1)):
        cuda.atomic.add(out, 0, a[i])
