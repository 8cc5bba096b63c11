"""A few threads add up eight products each, and one adds up theirs."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32
EIGHTHS = TPB // 8


@puzzle("dot")
@cuda.jit
def dot(out, a, b, size):
    products = cuda.shared.array(TPB, float32)
    sums = cuda.shared.array(EIGHTHS, float32)
    t = cuda.threadIdx.x
    products[t] = 0
    if t < size:
        products[t] = a[t] * b[t]
    cuda.syncthreads()
    if t < EIGHTHS:
        total = 0.0
        for k in range(8):
            total += products[8 * t + k]
        sums[t] = total
    cuda.syncthreads()
    if t == 0:
        total = 0.0
        for k in range(EIGHTHS):
            total += sums[k]
        out[0] = total
