"""Begins with a[0] where there is one: right, but every thread reads it."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("max_all")
@cuda.jit
def max_all(out, a, size):
    if size == 0:
        return
    shared = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    best = a[0]
    for i in range(cuda.grid(1), size, cuda.gridsize(1)):
        best = max(best, a[i])
    shared[t] = best
    step = TPB // 2
    while step > 0:
        cuda.syncthreads()
        if t < step:
            shared[t] = max(shared[t], shared[t + step])
        step //= 2
    if t == 0:
        cuda.atomic.max(out, 0, shared[0])
