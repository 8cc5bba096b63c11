"""
# Puzzle 0 · Hello

## Walkthrough

Two lines, and both are worth a look.

`cuda.threadIdx.x` is the number of the thread that asks. All threads run this function at the same
time, and each gets another answer. That number is all that makes one thread different from its
neighbour, so every kernel begins by turning it into something useful: an element to work on.

`out[i] = a[i]` reads one element and writes one. There is no loop, because there are as many
threads as elements. The loop has not vanished; it has become the launch.

**At the edges.** With exactly one thread for each element there are none. An index such as `i + 1`
makes one: the last thread would read the element behind the end. On a GPU that is no error. The
read returns whatever lies there, and the kernel goes on with it. Here it is reported, because the
arrays are watched at every access.

**Take with you**: ask of any kernel, "what does thread `i` do?", and leave the others to look after
themselves.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("hello")
@cuda.jit
def hello(out, a):
    i = cuda.threadIdx.x
    out[i] = a[i]
