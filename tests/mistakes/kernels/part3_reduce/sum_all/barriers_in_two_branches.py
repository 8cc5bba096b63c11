"""Threads that add wait at one barrier, and all others at another."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "divergent-barrier"}

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
    step = TPB // 2
    while step > 0:
        if t < step:
            shared[t] += shared[t + step]
            cuda.syncthreads()
        step //= 2
    cuda.syncthreads()
    if t == 0:
        cuda.atomic.add(out, 0, shared[0])
