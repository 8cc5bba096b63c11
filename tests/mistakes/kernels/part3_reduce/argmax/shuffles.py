"""The lanes of a warp exchange their pairs crosswise, and the first thread compares the warps."""

import math

from numba import cuda, float32, int32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "passed", "numba": "skipped", "compiles": "passed"}

TPB = 32


@puzzle("argmax")
@cuda.jit
def argmax(out, a, rows, cols):
    values = cuda.shared.array(32, float32)
    columns = cuda.shared.array(32, int32)
    row, t = cuda.blockIdx.x, cuda.threadIdx.x
    best, column = float32(-math.inf), int32(t)
    for j in range(t, cols, TPB):
        value = a[row, j]
        if value > best:
            best, column = value, int32(j)
    step = min(32, TPB) // 2
    while step > 0:
        value = cuda.shfl_xor_sync(0xFFFFFFFF, best, step)
        place = cuda.shfl_xor_sync(0xFFFFFFFF, column, step)
        if value > best or (value == best and place < column):
            best, column = value, place
        step //= 2
    if t % 32 == 0:
        values[t // 32] = best
        columns[t // 32] = column
    cuda.syncthreads()
    if t == 0:
        for warp in range(1, (TPB + 31) // 32):
            if values[warp] > best or (values[warp] == best and columns[warp] < column):
                best, column = values[warp], columns[warp]
        out[row] = column
