"""
# Puzzle 6 · Grid stride

## Walkthrough

With 10 elements and 4 threads, thread 1 does the elements 1, 5 and 9: it begins at its global index
and steps over the elements that the other three do in the meantime. The four sequences never meet,
and together they leave nothing out.

`range(start, size, step)` holds the guard too. A thread whose start is already past the end makes
no turn, so nothing has to be said about launches that are too large. Neither has anything to be
said about `size` 0.

**Why not give each thread a stretch of neighbours?** It would be right, and it is what one would do
on a CPU. But then the 32 threads of a warp read 32 places that lie far apart, and each needs a
sector of its own. With the stride they read 32 neighbours at a time. The order that looks scattered
for one thread is the tidy one for the warp.

**The traps.** A step of `cuda.blockDim.x` forgets the other blocks: they all do the same elements
again. The result is right, so no comparison shows it; the count of reads does. A step of 1 is worse
still. A `while` loop that forgets to step never ends.

**Take with you**: this loop makes a kernel independent of its launch. Then the launch can be chosen
for speed, and a small one is enough to test with.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("grid_stride")
@cuda.jit
def grid_stride(out, a, size):
    start = cuda.grid(1)
    step = cuda.gridsize(1)
    for i in range(start, size, step):
        out[i] = a[i] + 10
