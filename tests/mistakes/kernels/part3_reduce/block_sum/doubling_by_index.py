"""Neighbours first, with the threads that add packed close together."""

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
    step = 1
    while step < TPB:
        cuda.syncthreads()
        left = 2 * step * t
        if left < TPB:
            sums[left] += sums[left + step]
        step <<= 1
    if t == 0:
        out[cuda.blockIdx.x] = sums[0]
