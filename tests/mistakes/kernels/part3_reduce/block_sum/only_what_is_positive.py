"""Takes a number only if it is larger than 0."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TPB = 32


@puzzle("block_sum")
@cuda.jit
def block_sum(out, a, size):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    sums[t] = 0
    if i < size and a[i] > 0:
        sums[t] = a[i]
    cuda.syncthreads()
    step = TPB // 2
    while step > 0:
        if t < step:
            sums[t] += sums[t + step]
        cuda.syncthreads()
        step //= 2
    if t == 0:
        out[cuda.blockIdx.x] = sums[0]
