"""In a mirror, each warp scans by shuffles; what the warps before it hold is added from shared memory."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "passed", "numba": "skipped", "compiles": "passed"}

TPB = 32
WARPS = (TPB + 31) // 32
LANES = min(TPB, 32)


@puzzle("scan_backward")
@cuda.jit
def scan_backward(grad_a, d, size):
    sums = cuda.shared.array(WARPS, float32)
    place = cuda.threadIdx.x
    i = cuda.blockIdx.x * TPB + TPB - 1 - place
    lane, warp = place % 32, place // 32
    x = float32(0)
    if i < size:
        x = d[i]
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
        grad_a[i] = x
