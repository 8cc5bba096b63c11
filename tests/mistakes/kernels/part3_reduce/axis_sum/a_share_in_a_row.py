"""Each thread has neighbouring columns for its share: right, and many more sectors."""

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
    share = (cols + TPB - 1) // TPB
    total = 0.0
    for col in range(t * share, min((t + 1) * share, cols)):
        total += a[row, col]
    sums[t] = total
    cuda.syncthreads()
    step = TPB // 2
    while step > 0:
        if t < step:
            sums[t] += sums[t + step]
        cuda.syncthreads()
        step //= 2
    if t == 0:
        out[row] = sums[0]
