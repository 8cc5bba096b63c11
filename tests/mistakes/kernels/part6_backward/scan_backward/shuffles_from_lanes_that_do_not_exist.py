"""Shuffles down a block that is smaller than a warp, and uses nothing that is missing: right, and not portable."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32
WARPS = (TPB + 31) // 32
LANES = min(TPB, 32)


@puzzle("scan_backward")
@cuda.jit
def scan_backward(grad_a, d, size):
    sums = cuda.shared.array(WARPS, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    lane, warp = t % 32, t // 32
    x = float32(0)
    if i < size:
        x = d[i]
    distance = 1
    while distance < LANES:
        after = cuda.shfl_down_sync(0xFFFFFFFF, x, distance)
        if lane + distance < LANES:
            x += after
        distance *= 2
    if lane == 0:
        sums[warp] = x
    cuda.syncthreads()
    for k in range(warp + 1, WARPS):
        x += sums[k]
    if i < size:
        grad_a[i] = x
