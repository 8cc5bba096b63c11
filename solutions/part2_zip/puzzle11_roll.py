"""
# Puzzle 11 · Roll

## Walkthrough

Thread `i` takes the element at `i` and sends it where it belongs. Different threads send to
different places, because adding the same number to all and taking the remainder never brings two
together; and since there are `size` of them, every place gets one. So no two threads write one
cell, and none stays empty.

**The remainder does the work.** (i + shift) % size lies from 0 to size − 1 for every shift, however
large, and also for a negative one: in Python −1 % 5 is 4, and numba keeps to that on the GPU. C
does not; there −1 % 5 is −1, and kernels in C need one line more. Adding or subtracting `size`
once, where the index has gone over the edge, is enough only as long as the shift is smaller than
the array.

**Mind the order.** The remainder stands behind the guard. In front of it, the threads of an empty
array would divide by 0, which on a GPU is undefined: no error, just any number.

**Scatter or gather?** This kernel reads in order and decides where to write: a *scatter*. The other
way, `out[i]` from `a[(i - shift) % size]`, is a *gather*. Here both are equally good. If several
elements could go to one place, a scatter would race and a gather would not, so when in doubt,
gather.

**Take with you**: the index is a function, and you may choose it.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("roll")
@cuda.jit
def roll(out, a, shift, size):
    i = cuda.grid(1)
    if i < size:
        out[(i + shift) % size] = a[i]
