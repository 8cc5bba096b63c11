"""Threads that have nothing more to add end before the next barrier: right, but not portable."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

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
        if t >= step:
            return
        shared[t] += shared[t + step]
        step //= 2
    if t == 0:
        partial[cuda.blockIdx.x] = shared[0]
        cuda.threadfence()
        before = cuda.atomic.add(counter, 0, 1)
        if before == cuda.gridDim.x - 1:
            total = 0.0
            for block in range(cuda.gridDim.x):
                total += partial[block]
            out[0] = total
