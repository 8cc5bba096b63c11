"""Works out in the kernel how many steps there are."""

import math

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("scan")
@cuda.jit
def scan(out, a, size):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    sums[t] = 0
    if i < size:
        sums[t] = a[i]
    cuda.syncthreads()
    for level in range(int(math.log2(TPB))):
        distance = 2**level
        before = float32(0)
        if t >= distance:
            before = sums[t - distance]
        cuda.syncthreads()
        sums[t] = sums[t] + before
        cuda.syncthreads()
    if i < size:
        out[i] = sums[t]
