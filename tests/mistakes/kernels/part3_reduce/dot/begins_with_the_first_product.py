"""Takes the first product for the start of the sum: there may be none."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "uninitialised-read"}

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
        total = products[0]
        for k in range(1, size):
            total += products[k]
        out[0] = total
