"""A serial loop by the first thread of the launch: right, and the others stand by."""

import math

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("max_all")
@cuda.jit
def max_all(out, a, size):
    if cuda.grid(1) == 0:
        best = -math.inf
        for i in range(size):
            best = max(best, a[i])
        cuda.atomic.max(out, 0, best)
