"""The first step of the tree is done while loading: right, and two reads for some."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32
HALF = TPB // 2


@puzzle("block_sum")
@cuda.jit
def block_sum(out, a, size):
    sums = cuda.shared.array(HALF, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    if t < HALF:
        x = 0.0
        if i < size:
            x += a[i]
        if i + HALF < size:
            x += a[i + HALF]
        sums[t] = x
    cuda.syncthreads()
    step = HALF // 2
    while step > 0:
        if t < step:
            sums[t] += sums[t + step]
        cuda.syncthreads()
        step //= 2
    if t == 0:
        out[cuda.blockIdx.x] = sums[0]
