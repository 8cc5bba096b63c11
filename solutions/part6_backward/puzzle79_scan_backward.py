"""
# Puzzle 79 · Scan, backwards

## Walkthrough

The Jacobian of a running sum is a triangle of ones: row k has them in the columns up to k. Going
backwards, its transpose is what counts, with ones from k on. So the scan runs the other way. In the
kernel of puzzle 18 `t - distance` becomes `t + distance`, and "is there anybody so far to the left"
becomes "to the right".

**Read, barrier, write, barrier**, as before, and for the same reason: every place is read by one
thread and changed by another.

**Now the zeros count.** In puzzle 18 the places behind the end of a short stretch were never
added to anything that was kept. Here the sums *begin* there. Whatever stands in those places goes
into every result, so it has to be 0. The other trap at the end: to compare `t + distance`
with `TPB` is enough because of the zeros; to compare `i + distance` with `size` as well does no
harm, but `i + distance < size` alone reads beyond the stretch.

**In a mirror.** Instead of a new loop, load the stretch turned round, run puzzle 18's loop as it
is, and write it back turned round: thread `t` takes element `TPB - 1 - t` of the stretch. Or,
without a scan from the right at all: the sum of the stretch, less the running sum, plus the own
element. With floats that subtracts nearly equal numbers, and loses digits.

**Take with you**: the gradient of a linear operation is its transpose: sums to the left become sums
to the right.
"""

from numba import cuda, float32

from minigrad.workbook import puzzle

TPB = 32


@puzzle("scan_backward")
@cuda.jit
def scan_backward(grad_a, d, size):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    sums[t] = d[i] if i < size else 0
    cuda.syncthreads()
    distance = 1
    while distance < TPB:
        after = 0.0
        if t + distance < TPB:
            after = sums[t + distance]
        cuda.syncthreads()
        sums[t] += after
        cuda.syncthreads()
        distance *= 2
    if i < size:
        grad_a[i] = sums[t]
