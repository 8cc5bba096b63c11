"""Up a tree and down again, in a mirror: Blelloch's way."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("scan_backward")
@cuda.jit
def scan_backward(grad_a, d, size):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    sums[TPB - 1 - t] = d[i] if i < size else 0
    step = 1
    while step < TPB:
        cuda.syncthreads()
        right = 2 * step * (t + 1) - 1
        if right < TPB:
            sums[right] += sums[right - step]
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
        grad_a[i] = sums[TPB - 1 - t]
