"""The places that add lie ever further apart, and the threads that do it stay together."""

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
    while step < TPB:
        cuda.syncthreads()
        place = 2 * step * t
        if place < TPB:
            shared[place] += shared[place + step]
        step *= 2
    cuda.syncthreads()
    if t == 0:
        cuda.atomic.add(out, 0, shared[0])
