"""The lanes of a warp exchange their maxima crosswise, and the first thread compares the warps."""

import math

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "passed", "numba": "skipped", "compiles": "passed"}

TPB = 32


@puzzle("max_all")
@cuda.jit
def max_all(out, a, size):
    warps = cuda.shared.array(32, float32)
    t = cuda.threadIdx.x
    best = float32(-math.inf)
    for i in range(cuda.grid(1), size, cuda.gridsize(1)):
        best = max(best, a[i])
    step = min(32, TPB) // 2
    while step > 0:
        best = max(best, cuda.shfl_xor_sync(0xFFFFFFFF, best, step))
        step //= 2
    if t % 32 == 0:
        warps[t // 32] = best
    cuda.syncthreads()
    if t == 0:
        for warp in range(1, (TPB + 31) // 32):
            best = max(best, warps[warp])
        cuda.atomic.max(out, 0, best)
