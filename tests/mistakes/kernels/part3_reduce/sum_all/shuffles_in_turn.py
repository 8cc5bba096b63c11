"""Each lane adds the lane that comes so many after it, going around, and a tree follows for the warps."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "passed", "numba": "skipped", "compiles": "passed"}

TPB = 32
WIDTH = min(TPB, 32)
WARPS = TPB // WIDTH
MASK = (1 << WIDTH) - 1


@puzzle("sum_all")
@cuda.jit
def sum_all(out, a, size):
    warps = cuda.shared.array(WARPS, float32)
    t = cuda.threadIdx.x
    lane = t % WIDTH
    total = float32(0)
    for i in range(cuda.grid(1), size, cuda.gridsize(1)):
        total += a[i]
    step = WIDTH // 2
    while step > 0:
        total += cuda.shfl_sync(MASK, total, (lane + step) % WIDTH)
        step //= 2
    if lane == 0:
        warps[t // WIDTH] = total
    cuda.syncthreads()
    step = WARPS // 2
    while step > 0:
        if t < step:
            warps[t] += warps[t + step]
        cuda.syncthreads()
        step //= 2
    if t == 0:
        cuda.atomic.add(out, 0, warps[0])
