"""
# Puzzle 15 · Dot

## Walkthrough

First the zip, in parallel: thread `t` reads `a[t]` and `b[t]` and leaves their product in shared
memory. Then the barrier, reached by all. Then thread 0 walks over the products with a local
variable and writes it once, at the end.

**Start at the identity.** A sum begins with 0, because adding 0 changes nothing; 0 is the
*identity* of the sum. It is also the answer when there is nothing to add, so size 0 needs no case
of its own: the loop makes no turn, and 0.0 is written. A loop that begins with `products[0]` would
read a place that nobody wrote.

**Where does the loop end?** At `size`, not at `TPB`: behind `size` shared memory holds what some
earlier kernel left there. The other way is to put a 0 into the places of threads without an element
and to add up all `TPB`. That costs nothing, and puzzle 16 needs it.

**One writer.** If every thread ran the loop, all would write the same sum to the same cell. That
happens to be right, and is still `TPB` writes of one number.

**Is one thread enough?** It takes `size` steps while all others stand by. With 64 elements nobody
will notice; with a thousand it is the slowest part of the kernel. The next puzzle does it in as
many steps as `size` has binary digits.

**Take with you**: to reduce is to begin with the identity, and to have one writer for one result.
"""

from numba import cuda, float32

from minigrad.workbook import puzzle

TPB = 32


@puzzle("dot")
@cuda.jit
def dot(out, a, b, size):
    products = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    if t < size:
        products[t] = a[t] * b[t]
    cuda.syncthreads()
    if t == 0:
        total = 0.0
        for k in range(size):
            total += products[k]
        out[0] = total
