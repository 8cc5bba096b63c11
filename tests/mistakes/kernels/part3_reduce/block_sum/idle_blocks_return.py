"""A block without an element writes its 0 and ends as a whole."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("block_sum")
@cuda.jit
def block_sum(out, a, size):
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    if cuda.blockIdx.x * TPB >= size:
        if t == 0:
            out[cuda.blockIdx.x] = 0
        return
    sums = cuda.shared.array(TPB, float32)
    sums[t] = 0
    if i < size:
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
