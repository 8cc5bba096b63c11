"""Writes no sum where there is nothing to add."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}

TPB = 32


@puzzle("dot")
@cuda.jit
def dot(out, a, b, size):
    products = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    if t < size:
        products[t] = a[t] * b[t]
    cuda.syncthreads()
    if t == 0 and size > 0:
        total = 0.0
        for k in range(size):
            total += products[k]
        out[0] = total
