"""Leaves out what is not larger than 0, which an all-positive input does not show."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TPB = 32


@puzzle("dot")
@cuda.jit
def dot(out, a, b, size):
    products = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    products[t] = max(a[t] * b[t], float32(0)) if t < size else 0
    cuda.syncthreads()
    if t == 0:
        total = 0.0
        for k in range(TPB):
            total += products[k]
        out[0] = total
