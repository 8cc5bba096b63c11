"""An endless loop with the way out in its middle, and the own sum in a register."""

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
    x = float32(0)
    if i < size:
        x = a[i]
    sums[t] = x
    half = TPB
    while True:
        cuda.syncthreads()
        half = half // 2
        if half == 0:
            break
        if t < half:
            x += sums[t + half]
            sums[t] = x
    if t == 0:
        out[cuda.blockIdx.x] = x
