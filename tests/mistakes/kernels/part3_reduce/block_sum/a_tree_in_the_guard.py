"""Threads without an element bring no number and wait at the last barrier only."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "divergent-barrier"}

TPB = 32


@puzzle("block_sum")
@cuda.jit
def block_sum(out, a, size):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    if i < size:
        sums[t] = a[i]
        cuda.syncthreads()
        step = TPB // 2
        while step > 0:
            if t < step and i + step < size:
                sums[t] += sums[t + step]
            cuda.syncthreads()
            step //= 2
    cuda.syncthreads()
    if t == 0:
        out[cuda.blockIdx.x] = sums[0] if i < size else 0
