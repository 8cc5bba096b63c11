"""The largest is the smallest of the negatives, taken back at the end."""

import math

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("max_all")
@cuda.jit
def max_all(out, a, size):
    shared = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    least = math.inf
    for i in range(cuda.grid(1), size, cuda.gridsize(1)):
        least = min(least, -a[i])
    shared[t] = least
    step = TPB // 2
    while step > 0:
        cuda.syncthreads()
        if t < step:
            shared[t] = min(shared[t], shared[t + step])
        step //= 2
    if t == 0:
        cuda.atomic.max(out, 0, -shared[0])
