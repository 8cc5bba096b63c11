"""A tree over all threads, with zeros for those without an element."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("dot")
@cuda.jit
def dot(out, a, b, size):
    products = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    products[t] = a[t] * b[t] if t < size else 0
    cuda.syncthreads()
    step = TPB >> 1
    while step:
        if t < step:
            products[t] += products[t + step]
        cuda.syncthreads()
        step >>= 1
    if t == 0:
        out[0] = products[0]
