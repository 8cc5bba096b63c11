"""The threads add their shares to out[row], one over the other."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"safe": "failed", "fault": "race"}

TPB = 32


@puzzle("axis_sum")
@cuda.jit
def axis_sum(out, a, rows, cols):
    t = cuda.threadIdx.x
    row = cuda.blockIdx.x
    total = 0.0
    for col in range(t, cols, TPB):
        total += a[row, col]
    if t == 0:
        out[row] = 0
    cuda.syncthreads()
    out[row] += total
