"""Takes the row out first, and adds up in float64."""

from numba import cuda, float64

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("axis_sum")
@cuda.jit
def axis_sum(out, a, rows, cols):
    sums = cuda.shared.array(TPB, float64)
    t = cuda.threadIdx.x
    line = a[cuda.blockIdx.x]
    total = float64(0)
    for col in range(t, line.size, TPB):
        total += line[col]
    sums[t] = total
    cuda.syncthreads()
    step = TPB // 2
    while step > 0:
        if t < step:
            sums[t] = sums[t] + sums[t + step]
        cuda.syncthreads()
        step = step // 2
    if t == 0:
        out[cuda.blockIdx.x] = sums[0]
