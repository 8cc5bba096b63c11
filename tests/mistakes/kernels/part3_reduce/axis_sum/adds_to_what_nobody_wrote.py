"""Adds to its place of shared memory from the start, as if a 0 stood there."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "uninitialised-read"}

TPB = 32


@puzzle("axis_sum")
@cuda.jit
def axis_sum(out, a, rows, cols):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    row = cuda.blockIdx.x
    for col in range(t, cols, TPB):
        sums[t] += a[row, col]
    cuda.syncthreads()
    if t == 0:
        total = 0.0
        for k in range(min(TPB, cols)):
            total += sums[k]
        out[row] = total
