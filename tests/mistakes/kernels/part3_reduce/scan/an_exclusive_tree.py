"""Blelloch's scan, which gives the sums of all before; each adds its own element at the end."""

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
    own = a[i] if i < size else float32(0)
    sums[t] = own
    step = 1
    while step < TPB:
        cuda.syncthreads()
        right = (2 * t + 2) * step - 1
        if right < TPB:
            sums[right] += sums[right - step]
        step *= 2
    cuda.syncthreads()
    if t == 0:
        sums[TPB - 1] = 0
    step = TPB // 2
    while step > 0:
        cuda.syncthreads()
        right = (2 * t + 2) * step - 1
        if right < TPB:
            left = sums[right - step]
            sums[right - step] = sums[right]
            sums[right] += left
        step //= 2
    cuda.syncthreads()
    if i < size:
        out[i] = sums[t] + own
