"""
# Puzzle 0 · Hello

A *kernel* is a function that many *threads* run at the same time. All of them run the same lines;
what differs is the number that each finds in `cuda.threadIdx.x`. So nobody loops over the array
here: thread 0 copies element 0, thread 1 copies element 1, and so on.

    a     3   1   4   1   5
    out   3   1   4   1   5      five threads, one element each

- **Arrays**: `a` and `out` have equally many float32 elements, at least one. `out` arrives holding
  nothing, and every element of it must be written. `a` is an input, and inputs are only for
  reading.
- **Launch**: one block of exactly as many threads as there are elements.
- **Third star**: each thread reads one element and writes one.

This puzzle comes solved, so that you can see how one is worked on:

1. **Check.** Run `pytest puzzles/ -k puzzle0`. The stars say: ★ the result is right for everything
   that was tried, ★★ and no thread did anything unsafe, ★★★ and none did more than it had to. With
   two stars a puzzle is solved.
2. **Edit.** Change `a[i]` below to `a[i + 1]`, and check again.
3. **Look.** The verdict names the thread, the element and the line, on the smallest input that
   shows the mistake. Then mend it, and go on to puzzle 1.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("hello")
@cuda.jit
def hello(out, a):
    i = cuda.threadIdx.x
    out[i] = a[i]
