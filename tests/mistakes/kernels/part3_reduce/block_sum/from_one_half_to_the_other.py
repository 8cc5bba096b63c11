"""Two rows of shared memory: a step reads one and writes the other."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("block_sum")
@cuda.jit
def block_sum(out, a, size):
    sums = cuda.shared.array((2, TPB), float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    sums[0, t] = a[i] if i < size else 0
    cuda.syncthreads()
    here, step = 0, TPB // 2
    while step > 0:
        if t < step:
            sums[1 - here, t] = sums[here, t] + sums[here, t + step]
        here = 1 - here
        cuda.syncthreads()
        step //= 2
    if t == 0:
        out[cuda.blockIdx.x] = sums[here, 0]
