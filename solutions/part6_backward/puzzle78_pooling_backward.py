"""
# Puzzle 78 · Pooling, backwards

## Walkthrough

Element 4 stands in the sums at places 4, 5 and 6. So `grad_a[4]` is `d[4] + d[5] + d[6]`: the
window looks back when going forwards, and ahead when going backwards. At the end of the array the
places beyond do not exist, and what isn't there adds nothing.

**Scatter or gather?** Both say the same. As a scatter, a thread owns an element of `d` and writes
to three cells, which belong to other threads as well. `grad_a[j] += ...` reads, adds and writes
in three steps, and another thread may come in between: a race. An atomic would mend that, at the
price of three atomics instead of one write, and of somebody to set the zeros first. As a gather, a
thread owns a cell and reads what it needs. Reading together harms nobody.

**Always possible?** Where the indices follow a rule, the rule can be turned round: from
"i takes i - 2, i - 1, i" to "j is taken by j, j + 1, j + 2". Where they come from data, as in an
embedding (puzzle 95), it can't, and atomics are the answer.

**As a matrix** the forward pass has ones on the diagonal and on the two below it. Its transpose has
them on the two above. The gradient of a convolution is a convolution with the kernel turned round.

**Shared memory?** A block could read each element of `d` once, with a halo at its other end. That
is puzzle 14 in a mirror.

**Take with you**: let threads own what is written, and gather what is read.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("pooling_backward")
@cuda.jit
def pooling_backward(grad_a, d, size):
    i = cuda.grid(1)
    if i < size:
        total = d[i]
        if i + 1 < size:
            total += d[i + 1]
        if i + 2 < size:
            total += d[i + 2]
        grad_a[i] = total
