"""Each warp adds up by exchanging registers; shared memory is for the warps' sums."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "passed", "numba": "skipped", "compiles": "passed"}

TPB = 32
WARPS = (TPB + 31) // 32
LANES = min(TPB, 32)


@puzzle("dot")
@cuda.jit
def dot(out, a, b, size):
    sums = cuda.shared.array(WARPS, float32)
    t = cuda.threadIdx.x
    x = float32(0)
    if t < size:
        x = a[t] * b[t]
    step = LANES // 2
    while step > 0:
        x += cuda.shfl_xor_sync(0xFFFFFFFF, x, step)
        step //= 2
    if t % 32 == 0:
        sums[t // 32] = x
    cuda.syncthreads()
    if t == 0:
        total = float32(0)
        for k in range(WARPS):
            total += sums[k]
        out[0] = total
