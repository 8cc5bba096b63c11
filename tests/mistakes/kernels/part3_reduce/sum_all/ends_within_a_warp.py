"""Barriers for the block while warps add to warps, and then syncwarp within the first warp."""

import numba

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "passed", "numba": "skipped", "compiles": "passed"}

TPB = 32


@puzzle("sum_all")
@cuda.jit
def sum_all(out, a, size):
    shared = cuda.shared.array(shape=(TPB,), dtype=numba.float32)
    t = cuda.threadIdx.x
    total = numba.float32(0)
    for i in range(cuda.grid(1), size, cuda.gridsize(1)):
        total += a[i]
    shared[t] = total
    cuda.syncthreads()
    step = cuda.blockDim.x // 2
    while step > 16:
        if t < step:
            shared[t] += shared[t + step]
        cuda.syncthreads()
        step //= 2
    if t < 32:
        while step > 0:
            if t < step:
                shared[t] += shared[t + step]
            cuda.syncwarp()
            step //= 2
        if t == 0:
            cuda.atomic.add(out, 0, shared[0])
