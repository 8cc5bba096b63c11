"""A serial loop by thread 0: right, and its reads are not coalesced."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("argmax")
@cuda.jit
def argmax(out, a, rows, cols):
    row = cuda.blockIdx.x
    if cuda.threadIdx.x == 0:
        best, column = a[row, 0], 0
        for j in range(1, cols):
            value = a[row, j]
            if value > best:
                best, column = value, j
        out[row] = column
