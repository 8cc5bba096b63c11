"""As many steps as a block of 32 needs."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "out-of-bounds"}

TPB = 32


@puzzle("block_sum")
@cuda.jit
def block_sum(out, a, size):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    sums[t] = a[i] if i < size else 0
    cuda.syncthreads()
    for k in range(5):
        step = 2**k
        if t % (2 * step) == 0:
            sums[t] += sums[t + step]
        cuda.syncthreads()
    if t == 0:
        out[cuda.blockIdx.x] = sums[0]
