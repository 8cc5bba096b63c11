"""Takes two elements of a row in each turn, as far as there are two."""

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
    for start in range(0, cols, 2 * TPB):
        col = start + t
        if col < cols:
            total += a[row, col]
        if col + TPB < cols:
            total += a[row, col + TPB]
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
