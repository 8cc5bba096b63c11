"""
# Puzzle 7 · Zip

## Walkthrough

A zip is a map with two inputs. The index and the guard are those of puzzle 3, and one index serves
three arrays, because they have one shape.

**The traps.** `a[i] += b[i]` has the right sum in the wrong array: the input is changed, and `out`
stays empty. Two steps, `out[i] = a[i]` and then `out[i] += b[i]`, give the right result with three
reads and two writes instead of two and one. A line of Python is not a measure of work; count the
square brackets.

**At the edges.** Only the guard decides who works, so a launch that is too large does no harm.

**Take with you**: two reads, one write, whatever the operation is. Replace the `+` by any function
of two numbers and you have multiplication, comparison, maximum.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("zip")
@cuda.jit
def zip(out, a, b, size):
    i = cuda.grid(1)
    if i < size:
        out[i] = a[i] + b[i]
