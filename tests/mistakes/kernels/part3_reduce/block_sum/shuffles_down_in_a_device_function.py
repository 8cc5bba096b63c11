"""The lanes from which a shuffle down would lead out of the block read from themselves."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "passed", "numba": "skipped", "compiles": "passed"}

TPB = 32
WARPS = (TPB + 31) // 32
LANES = min(TPB, 32)


@cuda.jit(device=True)
def sum_of_warp(x, lane):
    step = LANES // 2
    while step > 0:
        further = lane + step if lane + step < LANES else lane
        x += cuda.shfl_sync(0xFFFFFFFF, x, further)
        step //= 2
    return x


@puzzle("block_sum")
@cuda.jit
def block_sum(out, a, size):
    sums = cuda.shared.array(WARPS, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    x = float32(0)
    if i < size:
        x = a[i]
    x = sum_of_warp(x, t % 32)
    if t % 32 == 0:
        sums[t // 32] = x
    cuda.syncthreads()
    if t == 0:
        total = 0.0
        for k in range(WARPS):
            total += sums[k]
        out[cuda.blockIdx.x] = total
