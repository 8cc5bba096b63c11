"""Leaves out the barriers once a single warp is left, as used to be done when warps moved in step."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"safe": "failed", "fault": "race"}

TPB = 32


@puzzle("block_sum")
@cuda.jit
def block_sum(out, a, size):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    sums[t] = a[i] if i < size else 0
    cuda.syncthreads()
    step = TPB // 2
    while step > 0:
        if t < step:
            sums[t] += sums[t + step]
        if step > 16:
            cuda.syncthreads()
        step //= 2
    if t == 0:
        out[cuda.blockIdx.x] = sums[0]
