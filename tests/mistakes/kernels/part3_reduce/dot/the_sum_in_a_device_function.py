"""A device function gets the shared array and adds it up, starting from an integer 0."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@cuda.jit(device=True)
def total_of(numbers, count):
    total = 0
    for k in range(count):
        total += numbers[k]
    return total


@puzzle("dot")
@cuda.jit
def dot(out, a, b, size):
    products = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    if t < size:
        products[t] = a[t] * b[t]
    cuda.syncthreads()
    if t == 0:
        out[0] = total_of(products, size)
