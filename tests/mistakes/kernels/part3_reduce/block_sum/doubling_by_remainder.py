"""Neighbours first; the remainder says who adds."""

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
    sums[t] = a[i] if i < size else 0
    cuda.syncthreads()
    step = 1
    while step < cuda.blockDim.x:
        if t % (2 * step) == 0:
            sums[t] += sums[t + step]
        step *= 2
        cuda.syncthreads()
    if t == 0:
        out[cuda.blockIdx.x] = sums[0]
