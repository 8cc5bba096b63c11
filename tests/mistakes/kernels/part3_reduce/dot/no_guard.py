"""Multiplies elements that are not there."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "out-of-bounds"}

TPB = 32


@puzzle("dot")
@cuda.jit
def dot(out, a, b, size):
    products = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    products[t] = a[t] * b[t]
    cuda.syncthreads()
    if t == 0:
        total = 0.0
        for k in range(size):
            total += products[k]
        out[0] = total
