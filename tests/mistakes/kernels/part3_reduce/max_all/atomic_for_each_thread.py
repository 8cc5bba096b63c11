"""Each thread goes to out itself: right, with many atomics."""

import math

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("max_all")
@cuda.jit
def max_all(out, a, size):
    best = float32(-math.inf)
    for i in range(cuda.grid(1), size, cuda.gridsize(1)):
        best = max(best, a[i])
    cuda.atomic.max(out, 0, best)
