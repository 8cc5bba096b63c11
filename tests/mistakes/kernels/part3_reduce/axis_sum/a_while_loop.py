"""Counts the columns by hand, and doubles the distance by indices that lie close together."""

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
    total = float32(0)
    col = t
    while col < cols:
        total += a[row, col]
        col += cuda.blockDim.x
    sums[t] = total
    cuda.syncthreads()
    step = 1
    while step < TPB:
        left = 2 * step * t
        if left + step < TPB:
            sums[left] += sums[left + step]
        cuda.syncthreads()
        step *= 2
    if t == 0:
        out[row] = sums[0]
