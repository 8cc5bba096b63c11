"""
# Puzzle 20 · Largest of all

## Walkthrough

It is the kernel of puzzle 19 with three changes: `max` where it added, `-math.inf` where it began
with 0, and another atomic. The loop over the elements, the tree and its barriers stay as they were,
because neither of them ever looked at *what* was combined.

**Where the identity is needed.** A thread without an element has to put something into shared
memory, because the tree reads all of it. The same holds for the start of every other thread: with a
start of 0 the largest of −3, −1 and −7 would be 0, which is not even there. That kernel passes
every test with positive numbers.

**Why not a very small number?** −1000 is small until somebody has smaller numbers. And when there
are no elements at all, a number that somebody made up would end up in `out`. The identity is not
"small enough"; it is what changes nothing.

**Start with an element instead?** `a[0]` is right as a start, as combining it twice does no harm to
a maximum. But every thread reads it, and it is not there when `size` is 0. For a sum it would be
wrong.

**Read once.** `if a[i] > best: best = a[i]` reads some elements twice. `max(best, a[i])` reads each
once, and so does a local variable.

**Take with you**: a reduction is an operator and its identity. All else is the same for all of
them; in puzzle 32 you will write it down once and for all.
"""

import math

from numba import cuda, float32

from minigrad.workbook import puzzle

TPB = 32


@puzzle("max_all")
@cuda.jit
def max_all(out, a, size):
    shared = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    best = -math.inf
    for i in range(cuda.grid(1), size, cuda.gridsize(1)):
        best = max(best, a[i])
    shared[t] = best
    step = TPB // 2
    while step > 0:
        cuda.syncthreads()
        if t < step:
            shared[t] = max(shared[t], shared[t + step])
        step //= 2
    if t == 0:
        cuda.atomic.max(out, 0, shared[0])
