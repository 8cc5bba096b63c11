"""A thread that has nothing more to add leaves the loop and ends."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("axis_sum")
@cuda.jit
def axis_sum(out, a, rows, cols):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    row = cuda.blockIdx.x
    total = 0.0
    for col in range(t, cols, TPB):
        total += a[row, col]
    sums[t] = total
    cuda.syncthreads()
    step = TPB // 2
    while step > 0:
        if t >= step:
            break
        sums[t] += sums[t + step]
        cuda.syncthreads()
        step //= 2
    if t == 0:
        out[row] = sums[0]
