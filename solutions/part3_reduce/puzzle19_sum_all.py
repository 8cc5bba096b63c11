"""
# Puzzle 19 · Sum of all

## Walkthrough

Three ways to add, one inside the other, each where it costs least.

A **thread** walks over the array with the stride of the whole launch and adds in a local variable.
No other thread sees that variable, so nobody has to wait. A thread that comes too late for any
element makes no turn, and its sum is 0, which is just what it has to contribute.

A **block** adds the sums of its threads in shared memory, in a tree: half of the threads add what
the other half has left, then a quarter, and so on. Before each step stands a barrier, since a
thread reads what another wrote in the step before. The barrier stands outside the `if`: all threads
come to it, also those that have nothing to add any more.

The **grid** adds the sums of its blocks in `out[0]`, by one atomic a block. After the last step of
the tree thread 0 reads a cell that it wrote itself, so there is no barrier between the two.

**Why not `out[0] += shared[0]`?** That is a read and a write, and another block may come in
between: both read 5, one writes 7, the other writes 6, and 2 is lost. It often goes well, which is
the trap; an atomic always does. And `out[0] = shared[0]` is right as long as there is one block.

**The traps.** A thread that returns early because it has no element leaves its cell of shared
memory unwritten, and the tree reads it. A start of `a[cuda.grid(1)]` reads outside of a small
array. A tree over the first `size` threads is right only as long as the array fits one block.

**How many atomics are too many?** Atomics on one cell are done one after the other. With 8 elements
a thread and 64 threads a block, one a block is 512 times fewer than one an element.

**Take with you**: registers first, shared memory second, global memory last. Almost every fast
reduction has these three layers.
"""

from numba import cuda, float32

from minigrad.workbook import puzzle

TPB = 32


@puzzle("sum_all")
@cuda.jit
def sum_all(out, a, size):
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
        cuda.atomic.add(out, 0, shared[0])
