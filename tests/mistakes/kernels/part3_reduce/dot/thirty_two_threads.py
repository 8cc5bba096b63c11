"""Right for the block that it was tried with, which had 32 threads."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "uninitialised-read"}

TPB = 32


@puzzle("dot")
@cuda.jit
def dot(out, a, b, size):
    products = cuda.shared.array(32, float32)
    t = cuda.threadIdx.x
    products[t] = 0
    if t < size:
        products[t] = a[t] * b[t]
    cuda.syncthreads()
    if t == 0:
        total = 0.0
        for k in range(32):
            total += products[k]
        out[0] = total
