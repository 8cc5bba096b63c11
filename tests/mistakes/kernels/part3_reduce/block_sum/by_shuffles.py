"""Warps add up in registers, and thread 0 adds the warps' sums."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "passed", "numba": "skipped", "compiles": "passed"}

TPB = 32
WARPS = (TPB + 31) // 32
LANES = min(TPB, 32)


@puzzle("block_sum")
@cuda.jit
def block_sum(out, a, size):
    sums = cuda.shared.array(WARPS, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    x = a[i] if i < size else float32(0)
    step = 1
    while step < LANES:
        x += cuda.shfl_xor_sync(0xFFFFFFFF, x, step)
        step *= 2
    if t % 32 == 0:
        sums[t // 32] = x
    cuda.syncthreads()
    if t == 0:
        for k in range(1, WARPS):
            x += sums[k]
        out[cuda.blockIdx.x] = x
