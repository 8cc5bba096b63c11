"""Every stretch of the row goes through the tree: right, and many more barriers."""

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
    for start in range(0, cols, TPB):
        sums[t] = a[row, start + t] if start + t < cols else 0
        cuda.syncthreads()
        step = TPB // 2
        while step > 0:
            if t < step:
                sums[t] += sums[t + step]
            cuda.syncthreads()
            step //= 2
        total += sums[0]
        cuda.syncthreads()
    if t == 0:
        out[row] = total
