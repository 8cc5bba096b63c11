"""NumPy has an abs too, but not inside a kernel."""

import numpy as np
from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "compiles": "failed"}


@puzzle("choose")
@cuda.jit
def choose(out, a, b, size):
    i = cuda.grid(1)
    if i < size:
        x = a[i]
        y = b[i]
        out[i] = x if np.abs(x) >= np.abs(y) else y
