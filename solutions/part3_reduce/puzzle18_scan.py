"""
# Puzzle 18 · Scan

## Walkthrough

Before each step, place `t` holds the sum of the last `distance` elements up to its own (fewer near
the beginning). The place `distance` to the left holds the sum of as many that end just before.
Added up they make `2 * distance`. When the distance has reached `TPB`, nothing is missing. The
method is named after Hillis and Steele.

**Read, barrier, write, barrier.** In the tree of puzzle 16 the places that were read and those that
were written lay apart. Here every place is both: thread 5 reads place 4 while thread 4 changes it.
So each thread first reads what it will add into a local variable. The first barrier says that all
have read, and only then does anybody write. The second says that all have written, and only then
does anybody read again. With one of the two left out, some results hold too much: a sum that
already had this step's addition in it.

**Everybody waits.** Threads too far to the left to add anything still meet both barriers; for them
`before` is 0.

**Who needs the zeros?** A short stretch ends early, and what stands behind it is never added to
anything that counts. But the threads there do read and add, and reading what nobody wrote is a
mistake even if nobody looks at the result.

**Is it worth it?** There are `TPB` · log2(`TPB`) additions instead of `TPB`: more work, in less
time. A scan by Blelloch goes up a tree and down again, with about 2 · `TPB` additions and as many
steps again. In one block it rarely wins.

**Take with you**: when places are both read and written in a step, two barriers.
"""

from numba import cuda, float32

from minigrad.workbook import puzzle

TPB = 32


@puzzle("scan")
@cuda.jit
def scan(out, a, size):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    sums[t] = a[i] if i < size else 0
    cuda.syncthreads()
    distance = 1
    while distance < TPB:
        before = 0.0
        if t >= distance:
            before = sums[t - distance]
        cuda.syncthreads()
        sums[t] += before
        cuda.syncthreads()
        distance *= 2
    if i < size:
        out[i] = sums[t]
