"""Whatever lies outside the array is 0, says a function of its own."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32
HALO = TPB + 2


@cuda.jit(device=True)
def element(a, i, size):
    if i < 0 or i >= size:
        return float32(0)
    return a[i]


@puzzle("pooling")
@cuda.jit
def pooling(out, a, size):
    window = cuda.shared.array(HALO, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    window[t + 2] = element(a, i, size)
    if t < 2:
        window[t] = element(a, i - 2, size)
    cuda.syncthreads()
    if i < size:
        out[i] = window[t] + window[t + 1] + window[t + 2]
