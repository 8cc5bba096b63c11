"""Shuffles down from half a warp or half a block; only lane 0, which needs no lane beyond the block, is used."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {
    "correct": "passed",
    "safe": "passed",
    "efficient": "failed",
    "numba": "skipped",
    "compiles": "passed",
}

TPB = 32
WARPS = (TPB + 31) // 32
LANES = min(TPB, 32)


@puzzle("block_sum")
@cuda.jit
def block_sum(out, a, size):
    sums = cuda.shared.array(WARPS, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    x = float32(0)
    if i < size:
        x = a[i]
    step = LANES // 2
    while step > 0:
        x += cuda.shfl_down_sync(0xFFFFFFFF, x, step)
        step //= 2
    if t % 32 == 0:
        sums[t // 32] = x
    cuda.syncthreads()
    if t == 0:
        total = float32(0)
        for k in range(WARPS):
            total += sums[k]
        out[cuda.blockIdx.x] = total
