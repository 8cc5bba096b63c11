"""Adds in float64, in registers and in shared memory."""

from numba import cuda, float64

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("sum_all")
@cuda.jit
def sum_all(out, a, size):
    shared = cuda.shared.array(TPB, dtype=float64)
    t = cuda.threadIdx.x
    total = float64(0)
    i = cuda.blockIdx.x * cuda.blockDim.x + t
    while i < size:
        total += a[i]
        i += cuda.blockDim.x * cuda.gridDim.x
    shared[t] = total
    step = TPB // 2
    while step > 0:
        cuda.syncthreads()
        if t < step:
            shared[t] += shared[t + step]
        step //= 2
    if t == 0:
        cuda.atomic.add(out, 0, shared[0])
