"""
# Puzzle 6 · Grid stride

So far the launch was made to measure. A kernel that is right for *every* launch is worth more: it
can be started with as many threads as suit the GPU, whatever the size of the array. If there are
too few threads, each has several elements to do. The usual way to share them out: a thread does the
element at its global index, then jumps ahead by the number of all threads, and so on until the
array ends.

    element   0  1  2  3  4  5  6  7  8  9
    thread    0  1  2  3  0  1  2  3  0  1      size = 10, 2 blocks of 2 threads

Each row of steps is done by neighbouring threads on neighbouring elements, so it is coalesced
(puzzle 5). Two names help: `cuda.grid(1)` is the global index that you wrote out in puzzle 3, and
`cuda.gridsize(1)` is the number of threads in the whole launch.

Add 10 to each element of `a`, and put the result at the same place in `out`.

- **Arrays**: `a` and `out` have `size` float32 elements. `out` arrives holding nothing.
- **Sizes**: `size` may be 0.
- **Launch**: any number of blocks of any one size: too few threads, too many, or just enough.
- **Third star**: every element is read once and written once in all, and coalesced: 1.25 times our
  solution's sectors, no more.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("grid_stride")
@cuda.jit
def grid_stride(out, a, size):
    start = cuda.grid(1)
    # Your code here: about 3 lines.
