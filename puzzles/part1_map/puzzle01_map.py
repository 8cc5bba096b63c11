"""
# Puzzle 1 · Map

A *map* does the same to every element of an array. No element needs to know of another, so each can
have a thread of its own, and it does not matter which thread comes first. Much of what a tensor
library does is no more than this.

Add 10 to each element of `a`, and put the result at the same place in `out`.

    a      1   2   3   4
    out   11  12  13  14      thread 2 reads a[2], which is 3, and writes 13 to out[2]

- **Arrays**: `a` and `out` have equally many float32 elements, at least one. `out` arrives holding
  nothing; `a` is only for reading.
- **Launch**: one block of exactly as many threads as there are elements.
- **Third star**: each thread reads one element and writes one.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("map")
@cuda.jit
def map(out, a):
    i = cuda.threadIdx.x
    # Your code here: about 1 line.
