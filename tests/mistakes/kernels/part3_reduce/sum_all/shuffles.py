"""The lanes of a warp exchange their sums crosswise, and the first thread adds the sums of the warps."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "passed", "numba": "skipped", "compiles": "passed"}

TPB = 32


@puzzle("sum_all")
@cuda.jit
def sum_all(out, a, size):
    warps = cuda.shared.array(32, float32)
    t = cuda.threadIdx.x
    total = float32(0)
    for i in range(cuda.grid(1), size, cuda.gridsize(1)):
        total += a[i]
    step = min(32, TPB) // 2
    while step > 0:
        total += cuda.shfl_xor_sync(0xFFFFFFFF, total, step)
        step //= 2
    if t % 32 == 0:
        warps[t // 32] = total
    cuda.syncthreads()
    if t == 0:
        total = float32(0)
        for warp in range((TPB + 31) // 32):
            total += warps[warp]
        cuda.atomic.add(out, 0, total)
