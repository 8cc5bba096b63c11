"""Threads without an element wait at a barrier of their own."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "divergent-barrier"}

TPB = 32


@puzzle("dot")
@cuda.jit
def dot(out, a, b, size):
    products = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    if t < size:
        products[t] = a[t] * b[t]
        cuda.syncthreads()
    else:
        products[t] = 0
        cuda.syncthreads()
    if t == 0:
        total = 0.0
        for k in range(TPB):
            total += products[k]
        out[0] = total
