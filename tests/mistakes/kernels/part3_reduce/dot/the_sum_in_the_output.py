"""Adds up in out[0], where a local variable would do."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

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
        out[0] = 0
        for k in range(size):
            out[0] += products[k]
