"""
# Puzzle 77 · Max, backwards

## Walkthrough

The first half is puzzle 21, unchanged: pairs of value and column, a tree, and of equal values the
smaller column. The second half is new. The column is known to one place of shared memory, and every
thread needs it. One more barrier, then all may read `columns[0]`.

**Choosing's gradient selects.** The Jacobian of a row's maximum has a single 1, at the place of the
largest. Times `d` that is `d` at this place and 0 elsewhere. Zeros have to be written like anything
else, since `grad_a` arrives holding nothing.

**Which of two equal ones?** At a tie the maximum has a corner, and no derivative. Any share among
the largest may be defended: half each, or all to one. What may not happen is that each gets the
whole gradient, which a comparison `a[row, j] == largest` does. The first largest is a choice that
everybody can agree on. It is also the one that the `argmax` of the forward pass made, so a
library saves the column and needs no tree here.

**Why is `a` not read again?** Because the column says it all. To compare each element with the
largest means a second pass over the row. For a long row that is half of this kernel's time.

**The barrier before the last loop** is easy to forget: the loop of the tree waits at the beginning
of each step, so after the last one nobody has waited. Thread 7 could read column 0 as it stood
before.

**Take with you**: forwards a reduction to a place, backwards a broadcast from it, and a barrier
between.
"""

import math

from numba import cuda, float32, int32

from minigrad.workbook import puzzle

TPB = 32


@puzzle("max_backward")
@cuda.jit
def max_backward(grad_a, d, a, rows, cols):
    values = cuda.shared.array(TPB, float32)
    columns = cuda.shared.array(TPB, int32)
    row, t = cuda.blockIdx.x, cuda.threadIdx.x
    best, column = -math.inf, t
    for j in range(t, cols, TPB):
        value = a[row, j]
        if value > best:
            best, column = value, j
    values[t] = best
    columns[t] = column
    step = TPB // 2
    while step > 0:
        cuda.syncthreads()
        if t < step:
            other = t + step
            is_tie = values[other] == values[t] and columns[other] < columns[t]
            if values[other] > values[t] or is_tie:
                values[t] = values[other]
                columns[t] = columns[other]
        step //= 2
    cuda.syncthreads()
    for j in range(t, cols, TPB):
        grad_a[row, j] = d[row] if j == columns[0] else 0.0
