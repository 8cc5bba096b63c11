"""The lanes of a warp exchange their sums crosswise, thread 0 adds the warps, and a warp votes for the last block."""

from numba import cuda, float32, int32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "passed", "numba": "skipped", "compiles": "passed"}

TPB = 32


@puzzle("last_block")
@cuda.jit
def last_block(out, partial, counter, a, size):
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
    if t < 32:
        finished = 0
        if t == 0:
            total = float32(0)
            for warp in range((TPB + 31) // 32):
                total += warps[warp]
            partial[cuda.blockIdx.x] = total
            cuda.threadfence()
            finished = int32(cuda.atomic.add(counter, 0, 1) + 1)
        if cuda.any_sync(0xFFFFFFFF, finished == cuda.gridDim.x):
            if t == 0:
                total = float32(0)
                for block in range(cuda.gridDim.x):
                    total += partial[block]
                out[0] = total
