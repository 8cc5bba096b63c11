"""A for loop over the levels of the tree, whose number is a constant of the file."""

from numba import cuda, float64

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32
LEVELS = TPB.bit_length() - 1


@puzzle("block_sum")
@cuda.jit
def block_sum(out, a, size):
    sums = cuda.shared.array(TPB, float64)
    t = cuda.threadIdx.x
    i = cuda.blockIdx.x * TPB + t
    sums[t] = float64(a[i]) if i < size else float64(0)
    cuda.syncthreads()
    for level in range(LEVELS):
        half = TPB >> (level + 1)
        if t < half:
            sums[t] = sums[t] + sums[t + half]
        cuda.syncthreads()
    if t == 0:
        out[cuda.blockIdx.x] = sums[0]
