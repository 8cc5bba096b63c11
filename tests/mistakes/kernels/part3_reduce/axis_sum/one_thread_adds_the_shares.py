"""No tree: thread 0 adds up what the others have in their places."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

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
    if t == 0:
        for k in range(1, TPB):
            total += sums[k]
        out[row] = total
