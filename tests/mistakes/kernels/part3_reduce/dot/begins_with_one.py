"""The identity of the product, not of the sum."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TPB = 32


@puzzle("dot")
@cuda.jit
def dot(out, a, b, size):
    products = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    if t < size:
        products[t] = a[t] * b[t]
    cuda.syncthreads()
    if t == 0:
        total = 1.0
        for k in range(size):
            total += products[k]
        out[0] = total
