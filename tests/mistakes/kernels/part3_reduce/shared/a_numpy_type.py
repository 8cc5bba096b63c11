"""Names the type of the shared array by NumPy's name."""

import numpy as np
from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("shared")
@cuda.jit
def shared(out, a, size):
    stretch = cuda.shared.array(TPB, np.float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    if i < size:
        stretch[t] = a[i]
    cuda.syncthreads()
    if i < size:
        out[i] = stretch[t] + stretch[min(TPB, size - (i - t)) - 1 - t]
