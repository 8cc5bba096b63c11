"""Neighbours add first, with a test of the remainder."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("sum_all")
@cuda.jit
def sum_all(out, a, size):
    shared = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    total = 0.0
    for i in range(cuda.grid(1), size, cuda.gridsize(1)):
        total += a[i]
    shared[t] = total
    step = 1
    while step < cuda.blockDim.x:
        cuda.syncthreads()
        if t % (2 * step) == 0:
            shared[t] += shared[t + step]
        step *= 2
    if t == 0:
        cuda.atomic.add(out, 0, shared[0])
