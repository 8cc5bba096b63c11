"""Adds to out by an atomic as in puzzle 19, but here nobody has set it to 0."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "uninitialised-read"}

TPB = 32


@puzzle("last_block")
@cuda.jit
def last_block(out, partial, counter, a, size):
    shared = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    total = 0.0
    for i in range(cuda.grid(1), size, cuda.gridsize(1)):
        total += a[i]
    shared[t] = total
    step = TPB // 2
    while step > 0:
        cuda.syncthreads()
        if t < step:
            shared[t] += shared[t + step]
        step //= 2
    if t == 0:
        cuda.atomic.add(out, 0, shared[0])
