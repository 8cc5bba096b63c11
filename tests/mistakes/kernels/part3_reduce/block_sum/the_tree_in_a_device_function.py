"""A device function gets the shared array, barriers and all."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@cuda.jit(device=True)
def tree(sums, t):
    step = TPB // 2
    while step >= 1:
        cuda.syncthreads()
        if t < step:
            sums[t] += sums[t + step]
        step //= 2


@puzzle("block_sum")
@cuda.jit
def block_sum(out, a, size):
    sums = cuda.shared.array(TPB, dtype=float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    if i < size:
        sums[t] = a[i]
    else:
        sums[t] = 0
    tree(sums, t)
    if t == 0:
        out[cuda.blockIdx.x] = sums[0]
