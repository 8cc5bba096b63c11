"""
# Puzzle 10 · Choose

## Walkthrough

Two reads at the top, into `x` and `y`. From there on everything happens in registers: the absolute
values, the comparison, the choice. One write at the end.

**The traps.** Writing `a[i]` in the comparison and again in the result makes three reads of two.
Sometimes the compiler notices that nothing can have changed in between and saves the second read;
often it cannot be sure, because `out` might overlap `a`. A local variable leaves no doubt. Storing
`abs(x)` loses the sign, which only shows when the larger one is negative. `max(x, y)` compares the
numbers themselves, and would take 2 over −3.

**At a tie** the statement says `a`, so the comparison is `>=`. It matters only if the two differ in
sign: with 2 and −2, `>` gives −2. A test without such a pair can't tell the two apart.

**Branches.** Neighbouring threads go different ways at this `if`. A warp then runs both ways in
turn. For one assignment each that costs next to nothing, and there is no read in either branch.

**Take with you**: read into a local variable, compute with locals, write once.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("choose")
@cuda.jit
def choose(out, a, b, size):
    i = cuda.grid(1)
    if i < size:
        x = a[i]
        y = b[i]
        if abs(x) >= abs(y):
            out[i] = x
        else:
            out[i] = y
