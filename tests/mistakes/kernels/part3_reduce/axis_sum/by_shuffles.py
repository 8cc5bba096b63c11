"""Each warp adds up by shuffles, then its first warp adds up the warps' sums."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "passed", "numba": "skipped", "compiles": "passed"}

TPB = 32
WARPS = (TPB + 31) // 32
LANES = min(TPB, 32)
FULL = 0xFFFFFFFF


@puzzle("axis_sum")
@cuda.jit
def axis_sum(out, a, rows, cols):
    sums = cuda.shared.array(32, float32)
    t = cuda.threadIdx.x
    row = cuda.blockIdx.x
    x = float32(0)
    for col in range(t, cols, TPB):
        x += a[row, col]
    step = LANES // 2
    while step > 0:
        x += cuda.shfl_xor_sync(FULL, x, step)
        step //= 2
    lane = t & 31
    if lane == 0:
        sums[t >> 5] = x
    cuda.syncthreads()
    if t < LANES:
        x = sums[lane] if lane < WARPS else float32(0)
        step = LANES // 2
        while step > 0:
            x += cuda.shfl_xor_sync(FULL, x, step)
            step //= 2
        if lane == 0:
            out[row] = x
