"""Thread 0 adds up the cells of shared memory in a loop, instead of a tree."""

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
    cuda.syncthreads()
    if t == 0:
        total = 0.0
        for other in range(TPB):
            total += shared[other]
        cuda.atomic.add(out, 0, total)
