"""
# Puzzle 2 · Guard

## Walkthrough

With 5 elements and 8 threads, the threads 5, 6 and 7 have no element. `if i < size` lets the first
five in and keeps these three out, so that every index which is used lies in the array.

**Strictly less.** Elements count from 0, so the last one is `size - 1`. With `<=` the thread with
the number `size` gets in, and touches the one element that does not exist. That single step too far
is the most common mistake in kernels. It shows only when there is at least one thread too many: a
test with 8 threads and 8 elements never sees it.

**Guard the read as well.** `x = a[i]` above the `if` is a read out of bounds, even if `x` is never
used afterwards.

**Not with a constant, and not with `cuda.blockDim.x`.** Both compare the thread with something
other than the array. `i < cuda.blockDim.x` is true for every thread there is.

**At the edges.** If `size` is 0, no thread gets in. Nothing special had to be written for that: a
good guard handles the empty array by itself.

**Take with you**: first the index, then the guard, then memory. You will write these three in this
order in almost every kernel. Writing `if i >= size: return` instead is just as good for a map;
later, when threads wait for each other, a thread that has left early can no longer take part.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("guard")
@cuda.jit
def guard(out, a, size):
    i = cuda.threadIdx.x
    if i < size:
        out[i] = a[i] + 10
