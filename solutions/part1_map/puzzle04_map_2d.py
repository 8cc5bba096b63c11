"""
# Puzzle 4 · Map in two dimensions

## Walkthrough

Two conventions meet here. An array says row first; a launch says x first, and x runs along a row.
So x is the column, y is the row, and the index is `[y, x]`. It looks the wrong way round, and it is
right.

**Two tests, joined by `and`.** The block may be too wide, too high, or both. A thread needs a
column that exists *and* a row that exists. With `or`, a thread that has only one of the two gets
in.

**The traps.** `[x, y]` with `x < rows and y < cols` is right for a square array in a square block,
and so are `x < rows and y < rows` and any other mixture. All of them break on 2 rows and 3 columns.
This is why the arrays here are seldom square: the mix-up has nowhere to hide.

**Why does x run along a row at all?** Because rows lie in memory one after another, and neighbours
in x work side by side. The next puzzle makes something of it.

**At the edges.** Without rows, or without columns, no thread passes both tests.

**Take with you**: "arrays say row, column; threads say x, y", and test your 2-d kernels on an array
that is not square.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("map_2d")
@cuda.jit
def map_2d(out, a, rows, cols):
    x = cuda.threadIdx.x
    y = cuda.threadIdx.y
    if y < rows and x < cols:
        out[y, x] = a[y, x] + 10
