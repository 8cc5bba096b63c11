"""Knows how long the stretch is and folds it, an odd middle standing by; needs no zeros."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

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
    left = min(TPB, size - cuda.blockIdx.x * TPB)
    while left > 1:
        half = (left + 1) // 2
        if t + half < left:
            sums[t] += sums[t + half]
        cuda.syncthreads()
        left = half
    if t == 0:
        if left == 1:
            out[cuda.blockIdx.x] = sums[0]
        else:
            out[cuda.blockIdx.x] = 0
