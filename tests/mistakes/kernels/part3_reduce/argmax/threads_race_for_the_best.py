"""All threads compare with one shared pair and replace it, without taking turns."""

from numba import cuda, float32, int32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "race"}

TPB = 32


@puzzle("argmax")
@cuda.jit
def argmax(out, a, rows, cols):
    value_of = cuda.shared.array(1, float32)
    column_of = cuda.shared.array(1, int32)
    row, t = cuda.blockIdx.x, cuda.threadIdx.x
    if t == 0:
        value_of[0] = a[row, 0]
        column_of[0] = 0
    cuda.syncthreads()
    for j in range(t, cols, TPB):
        if a[row, j] > value_of[0]:
            value_of[0] = a[row, j]
            column_of[0] = j
    cuda.syncthreads()
    if t == 0:
        out[row] = column_of[0]
