"""Halves the size: right where that is a power of two."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TPB = 32


@puzzle("dot")
@cuda.jit
def dot(out, a, b, size):
    products = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    products[t] = a[t] * b[t] if t < size else 0
    cuda.syncthreads()
    step = size // 2
    while step > 0:
        if t < step:
            products[t] += products[t + step]
        cuda.syncthreads()
        step //= 2
    if t == 0:
        out[0] = products[0]
