"""Each block has a stretch of the array, and strides within it."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("sum_all")
@cuda.jit
def sum_all(out, a, size):
    shared = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    width = (size + cuda.gridDim.x - 1) // cuda.gridDim.x
    first = cuda.blockIdx.x * width
    end = min(first + width, size)
    total = 0.0
    for i in range(first + t, end, cuda.blockDim.x):
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
