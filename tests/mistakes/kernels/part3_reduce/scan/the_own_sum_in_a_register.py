"""Keeps its sum in a local variable, and barriers in a for loop."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32
LEVELS = TPB.bit_length() - 1


@puzzle("scan")
@cuda.jit
def scan(out, a, size):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    x = float32(0)
    if i < size:
        x = a[i]
    for level in range(LEVELS):
        sums[t] = x
        cuda.syncthreads()
        if t >= 1 << level:
            x += sums[t - (1 << level)]
        cuda.syncthreads()
    if i < size:
        out[i] = x
