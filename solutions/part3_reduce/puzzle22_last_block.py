"""
# Puzzle 22 · Last block

## Walkthrough

Up to the tree it is puzzle 19. Then thread 0 does three things, in this order: it writes the
block's sum, it calls the fence, it counts. The count tells it how many blocks were done before. If
all others were, everything it needs is in `partial`.

**What the fence is for.** "Written" and "visible to all" are two things on a GPU: a write may still
be on its way when the next one has arrived. Without the fence another block could see the count and
read a cell of `partial` that does not hold the sum yet. The fence orders the two. It makes nobody
wait for another thread; that is what barriers are for.

**Why an atomic counts.** Two blocks that both read a 2 and both write a 3 would leave nobody to be
the last. The atomic also hands on the order: whoever sees the count sees all that was fenced
before.

**The traps.** Fencing after the count is too late. `cuda.syncthreads()` in place of the fence
orders the threads of one block, and no others. A comparison with `gridDim.x` is true for nobody, as
the count before the last is one less. If a thread other than the one that counts writes the partial
sum, the two need a barrier as well.

**With many blocks** one thread adds for a long time. Then the whole block can do it: thread 0
writes into shared memory whether its block is the last, a barrier follows, and all threads read it,
take a share of `partial` and go through the tree once more. The barrier passes the order on: what
thread 0 may see, they all may see after it.

**Will it work a second time?** The counter no longer holds 0. Programs that launch such a kernel
over and over let the last block set it back, or count with `cuda.atomic.inc`, which starts anew by
itself.

**Take with you**: write, fence, count. Wherever one part of a GPU tells another that something is
ready, you will find these three.
"""

from numba import cuda, float32

from minigrad.workbook import puzzle

TPB = 32


@puzzle("last_block")
@cuda.jit
def last_block(out, partial, counter, a, size):
    shared = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    total = 0.0
    for i in range(cuda.grid(1), size, cuda.gridsize(1)):
        total += a[i]
    shared[t] = total
    step = TPB // 2
    while step > 0:
        cuda.syncthreads()
        if t < step:
            shared[t] += shared[t + step]
        step //= 2
    if t == 0:
        partial[cuda.blockIdx.x] = shared[0]
        cuda.threadfence()
        before = cuda.atomic.add(counter, 0, 1)
        if before == cuda.gridDim.x - 1:
            total = 0.0
            for block in range(cuda.gridDim.x):
                total += partial[block]
            out[0] = total
