"""
# Puzzle 8 · Broadcast

## Walkthrough

The threads are laid out over `out`, since that is where each result has a place. Thread (x, y)
makes `out[y, x]`, and for it needs the element of `a` in its row and the element of `b` in its
column. `a` has only column 0 and `b` only row 0, so the axis that is stretched is indexed with 0.

**Nothing was stretched.** Somebody who thinks of `a` as a full table would index it `a[y, x]`, and
read out of bounds as soon as x is 1. Broadcasting only says how an index into the large shape
becomes an index into the small one: along an axis of length 1 it becomes 0. You will write that
down as a rule in Part 4, where such an axis gets the stride 0.

**The traps.** Rows and columns exchanged, again. And `a[y, -1]`: from the end, column −1 of a
single column is the same as column 0, and numba allows it. CUDA C does not, so it counts as out of
bounds here.

**Could one read less?** All threads of a row read the same element of `a`. With shared memory a
block could read it once; Part 3 is about that. For a thread by itself, two reads is all there is.

**Take with you**: lay threads out over the output, then ask what each needs from the inputs.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("broadcast")
@cuda.jit
def broadcast(out, a, b, rows, cols):
    x, y = cuda.grid(2)
    if y < rows and x < cols:
        out[y, x] = a[y, 0] + b[0, x]
