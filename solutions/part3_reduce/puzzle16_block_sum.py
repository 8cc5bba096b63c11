"""
# Puzzle 16 · Block sum

## Walkthrough

Every thread puts a number into its place: its element, or 0 if it has none. From there on the tree
need not know how long the stretch is, because adding the identity changes nothing. It is also why
an empty block gets its 0 without a case of its own.

In each step the threads below `step` add what stands `step` places further on. The places from
`step` on are not needed any more, so the next step works on half as many.

**One barrier a step, for everybody.** The threads that had nothing to add leave the `if`, not the
loop: all of them turn the loop equally often and meet at the barrier each time. Without the barrier
in the loop a thread would read a sum that is not there yet. With the barrier inside the `if`, half
of the block would wait for the other half.

**No barrier between reading and writing** in `sums[t] += ...`? None is needed: thread `t` reads
from `step` on, where nobody writes in this step, and writes below. In puzzle 18 that will be
different.

**Halving or doubling?** The other way begins with neighbours: places 0, 2, 4 add 1, 3, 5, then 0,
4, 8 add 2, 6, 10. The sum is the same, but the threads that work lie ever further apart, so no warp
ever gets off. With halving, whole warps are done early.

**Floats.** A tree adds in another order than a loop, and rounds differently, mostly less. The
numbers here are such that every order gives the same.

**Take with you**: fill up with the identity, halve, a barrier after every step.
"""

from numba import cuda, float32

from minigrad.workbook import puzzle

TPB = 32


@puzzle("block_sum")
@cuda.jit
def block_sum(out, a, size):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    if i < size:
        sums[t] = a[i]
    else:
        sums[t] = 0
    cuda.syncthreads()
    step = TPB // 2
    while step > 0:
        if t < step:
            sums[t] += sums[t + step]
        cuda.syncthreads()
        step //= 2
    if t == 0:
        out[cuda.blockIdx.x] = sums[0]
