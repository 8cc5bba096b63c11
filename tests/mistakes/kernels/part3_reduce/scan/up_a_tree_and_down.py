"""Sums up a tree, and hands them down again, with neighbours in place: Brent and Kung's scan."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("scan")
@cuda.jit
def scan(out, a, size):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    sums[t] = a[i] if i < size else 0
    step = 1
    while step < TPB:
        cuda.syncthreads()
        if (t + 1) % (2 * step) == 0:
            sums[t] += sums[t - step]
        step *= 2
    step = TPB // 4
    while step > 0:
        cuda.syncthreads()
        right = 2 * step * (t + 1) - 1
        if right + step < TPB:
            sums[right + step] += sums[right]
        step //= 2
    cuda.syncthreads()
    if i < size:
        out[i] = sums[t]
