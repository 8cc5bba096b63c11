"""
# Puzzle 14 · Pooling

## Walkthrough

Draw what block 1 needs when `TPB` is 8: elements 8 to 15, and 6 and 7 besides. That is `TPB` + 2
places, so the element of thread `t` goes to place `t + 2`, and places 0 and 1 are for the two that
come before. Then the window of thread `t` is simply places `t`, `t + 1` and `t + 2`, for every
thread of every block, and the last line needs no case.

**Two threads load twice.** Threads 0 and 1 bring in the elements 2 before their own. All others
have nothing more to do; they wait at the barrier.

**The edges.** In block 0 the index is -2 and -1. Python would count from the end of `a`, and so
does numba; C reads whatever lies in front of the array. Put a 0 there. At the other end a block may
have one element only: then place 1 is still needed, though thread 1 has no element of its own. This
is why the second load asks about `before` and not about `i`.

**What was saved?** Reading three elements each makes 3 · `TPB` reads a block, this makes `TPB` + 2.
A cache would catch some of that by itself. The wider the window, the more it pays.

**A constant, not an expression.** `cuda.shared.array(TPB + 2, float32)` runs in a simulator. The
compiler has to know the size before the kernel runs, and accepts a constant of the file or a plain
number; a sum inside the call it refuses.

**Take with you**: shift the places so that every thread does the same, and load the halo
separately.
"""

from numba import cuda, float32

from minigrad.workbook import puzzle

TPB = 32
HALO = TPB + 2


@puzzle("pooling")
@cuda.jit
def pooling(out, a, size):
    window = cuda.shared.array(HALO, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    if i < size:
        window[t + 2] = a[i]
    if t < 2:
        before = i - 2
        if 0 <= before < size:
            window[t] = a[before]
        else:
            window[t] = 0
    cuda.syncthreads()
    if i < size:
        out[i] = window[t] + window[t + 1] + window[t + 2]
