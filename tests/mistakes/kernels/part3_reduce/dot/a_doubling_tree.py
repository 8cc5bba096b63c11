"""Neighbours first, then neighbours' neighbours, found by the remainder."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("dot")
@cuda.jit
def dot(out, a, b, size):
    products = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    if t < size:
        products[t] = a[t] * b[t]
    else:
        products[t] = 0.0
    step = 1
    while step < TPB:
        cuda.syncthreads()
        if t % (2 * step) == 0:
            products[t] += products[t + step]
        step *= 2
    if t == 0:
        out[0] = products[0]
