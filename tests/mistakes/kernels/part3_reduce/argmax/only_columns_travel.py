"""Keeps columns only, and reads the values again from the array: right, with needless reads."""

from numba import cuda, int32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("argmax")
@cuda.jit
def argmax(out, a, rows, cols):
    columns = cuda.shared.array(TPB, int32)
    row, t = cuda.blockIdx.x, cuda.threadIdx.x
    column = t if t < cols else 0
    for j in range(t + TPB, cols, TPB):
        if a[row, j] > a[row, column]:
            column = j
    columns[t] = column
    step = TPB // 2
    while step > 0:
        cuda.syncthreads()
        if t < step:
            mine, theirs = columns[t], columns[t + step]
            x, y = a[row, mine], a[row, theirs]
            if y > x or (y == x and theirs < mine):
                columns[t] = theirs
        step //= 2
    if t == 0:
        out[row] = columns[0]
