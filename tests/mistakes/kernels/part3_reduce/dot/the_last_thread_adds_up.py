"""The last thread of the block, in a while loop, in float64, from the end."""

from numba import cuda, float64

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("dot")
@cuda.jit
def dot(out, a, b, size):
    products = cuda.shared.array(TPB, float64)
    t = cuda.threadIdx.x
    if t < size:
        products[t] = float64(a[t]) * b[t]
    cuda.syncthreads()
    if t == cuda.blockDim.x - 1:
        total = float64(0)
        k = size
        while k > 0:
            k -= 1
            total += products[k]
        out[0] = total
