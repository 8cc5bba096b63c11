"""
# Puzzle 2 · Guard

Blocks come in round numbers of threads, arrays come in any size. The threads that are left over run
the kernel too, and nothing on a GPU stops them: an index past the end of an array reads or
overwrites whatever happens to lie there. So a thread asks, before it touches memory, whether there
is an element for it. That question is called a *guard*.

Add 10 to each element of `a`, and put the result at the same place in `out`. Threads without an
element do nothing.

    thread   0   1   2   3   4   5   6   7
    a        1   2   3   4   5   ·   ·   ·      size = 5, one block of 8 threads
    out     11  12  13  14  15   ·   ·   ·

- **Arrays**: `a` and `out` have `size` float32 elements. `out` arrives holding nothing.
- **Sizes**: `size` may be 0; then there is nothing to read or write at all.
- **Launch**: one block of at least `size` threads.
- **Third star**: each thread reads one element and writes one, at most.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("guard")
@cuda.jit
def guard(out, a, size):
    i = cuda.threadIdx.x
    # Your code here: about 2 lines.
