"""Takes a row before it knows whether there is one: no harm, as long as no element of it is used."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "passed", "numba": "skipped", "compiles": "passed"}


@puzzle("blocks_2d")
@cuda.jit
def blocks_2d(out, a, rows, cols):
    x, y = cuda.grid(2)
    row = a[y]
    if x < cols and y < rows:
        out.transpose()[x, y] = row[x] + 10
