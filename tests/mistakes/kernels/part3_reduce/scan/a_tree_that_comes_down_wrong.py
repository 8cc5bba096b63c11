"""Goes up the tree and down again without the barrier between two levels."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"safe": "failed", "fault": "race"}

TPB = 32


@puzzle("scan")
@cuda.jit
def scan(out, a, size):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    sums[t] = a[i] if i < size else 0
    cuda.syncthreads()
    step = 1
    while step < TPB:
        right = 2 * step * (t + 1) - 1
        if right < TPB:
            sums[right] += sums[right - step]
        step *= 2
        cuda.syncthreads()
    step = TPB // 4
    while step > 0:
        right = 2 * step * (t + 1) - 1
        if right + step < TPB:
            sums[right + step] += sums[right]
        step //= 2
    cuda.syncthreads()
    if i < size:
        out[i] = sums[t]
