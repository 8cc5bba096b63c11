"""
# Puzzle 12 · Mask

## Walkthrough

Three questions, in this order: do I have a cell, on which side of the diagonal is it, and only
then, what is in it? Below the diagonal the row is larger than the column, so `x < y`; there the
answer is 0, and it is known before anything was read.

**The trap.** `out[y, x] = a[y, x] * (x >= y)` looks clever because it has no branch. But it reads
every cell, and half of them for nothing. It is not even always right: an infinity times 0 is not 0,
and a negative number times 0 is −0.0. Reading into a local variable first and deciding afterwards
costs the same reads.

**Write the zeros.** `out` arrives holding nothing. A kernel that only copies the upper half is
right wherever memory happens to be zero already.

**The branch is cheap.** Only those warps which the diagonal runs through go both ways. All others
agree, and below the diagonal a whole warp is done without one read.

**A square hides things.** With `[x, y]` in place of `[y, x]`, in the index and in the comparison
alike, the result would be right, as x and y go up to the same size. It would be slow, though, for
the reason given in puzzle 5.

**Take with you**: if an index alone decides, let it decide first.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("mask")
@cuda.jit
def mask(out, a, size):
    x, y = cuda.grid(2)
    if y < size and x < size:
        if x < y:
            out[y, x] = 0
        else:
            out[y, x] = a[y, x]
