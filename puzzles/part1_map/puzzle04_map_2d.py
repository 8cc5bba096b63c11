"""
# Puzzle 4 · Map in two dimensions

An array with rows and columns is indexed by two numbers, and a block can be numbered in two
directions as well: a thread has a `cuda.threadIdx.x` and a `cuda.threadIdx.y`. The two conventions
are opposite. An array says row first, `a[row, column]`. Threads say x first, and x runs along a
row: it counts columns. As long as everything is square nobody notices a mix-up, so nothing is
square here.

Add 10 to each element of `a`, and put the result at the same place in `out`.

           x = 0   1   2   3
    y = 0     11  12  13   ·      2 rows, 3 columns: a is 1 2 3
    y = 1     14  15  16   ·                            4 5 6
    y = 2      ·   ·   ·   ·      one block, 4 threads wide and 3 high

- **Arrays**: `a` and `out` are `rows` × `cols`, float32. `out` arrives holding nothing.
- **Sizes**: `rows` or `cols` may be 0.
- **Launch**: one block, at least `cols` threads wide (x) and at least `rows` threads high (y).
- **Third star**: each thread reads one element and writes one, at most.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("map_2d")
@cuda.jit
def map_2d(out, a, rows, cols):
    x = cuda.threadIdx.x
    y = cuda.threadIdx.y
    # Your code here: about 2 lines.
