"""Shared memory and a tree for 32 threads, whatever TPB is."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "uninitialised-read"}

TPB = 32


@puzzle("sum_all")
@cuda.jit
def sum_all(out, a, size):
    shared = cuda.shared.array(32, float32)
    t = cuda.threadIdx.x
    total = 0.0
    for i in range(cuda.grid(1), size, cuda.gridsize(1)):
        total += a[i]
    shared[t] = total
    step = 32 // 2
    while step > 0:
        cuda.syncthreads()
        if t < step:
            shared[t] += shared[t + step]
        step //= 2
    if t == 0:
        cuda.atomic.add(out, 0, shared[0])
