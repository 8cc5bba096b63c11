"""Each warp scans by shuffles; what the warps before it hold is added from shared memory."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "passed", "numba": "skipped", "compiles": "passed"}

TPB = 32
WARPS = (TPB + 31) // 32
LANES = min(TPB, 32)


@puzzle("scan")
@cuda.jit
def scan(out, a, size):
    sums = cuda.shared.array(WARPS, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    lane, warp = t % 32, t // 32
    x = float32(0)
    if i < size:
        x = a[i]
    distance = 1
    while distance < LANES:
        before = cuda.shfl_up_sync(0xFFFFFFFF, x, distance)
        if lane >= distance:
            x += before
        distance *= 2
    if lane == LANES - 1:
        sums[warp] = x
    cuda.syncthreads()
    for k in range(warp):
        x += sums[k]
    if i < size:
        out[i] = x
