"""Each thread takes one element of the row: right for rows no longer than a block."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TPB = 32


@puzzle("axis_sum")
@cuda.jit
def axis_sum(out, a, rows, cols):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    row = cuda.blockIdx.x
    sums[t] = a[row, t] if t < cols else 0
    cuda.syncthreads()
    step = TPB // 2
    while step > 0:
        if t < step:
            sums[t] += sums[t + step]
        cuda.syncthreads()
        step //= 2
    if t == 0:
        out[row] = sums[0]
