"""
# Puzzle 76 · Sum, backwards

## Walkthrough

The Jacobian of a row's sum is a row of ones. Times `d[r]` it is `d[r]` in every column. There is
nothing to add up here, and so nothing to race for: threads lie over `grad_a`, each reads the one
element of `d` that belongs to its row, and writes.

**Not divided, not shared out.** It is tempting to give each element a part of `d`, as if there were
only so much to go round. A gradient is no such thing. It says how much the result changes if *this*
element changes and no other. A mean would divide by `cols`, because going forwards it did.

**The forward kernel was hard, this one is easy.** Puzzle 17 needed a tree; its gradient needs one
line. With broadcasting it was the other way round: puzzle 8 was one line, and puzzle 75 was not.
Gathering and scattering change places when you go backwards.

**One read for many?** All threads of a row read the same element. Within a warp that is one sector,
served to all at once, so it hardly costs more than the write. A library does not write `grad_a` at
all: a view of `d` with stride 0 does the same without memory, as in puzzle 29.

**The traps.** `d[x]` instead of `d[y]`: right only where all of `d` is equal. And x for the row:
right, but each thread of a warp then writes to a sector of its own.

**Take with you**: summing's gradient copies, as copying's gradient sums.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("sum_backward")
@cuda.jit
def sum_backward(grad_a, d, rows, cols):
    x, y = cuda.grid(2)
    if y < rows and x < cols:
        grad_a[y, x] = d[y]
