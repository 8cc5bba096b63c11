"""The threads at the other end of the block bring in the halo."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32
HALO = TPB + 2


@puzzle("pooling")
@cuda.jit
def pooling(out, a, size):
    window = cuda.shared.array(HALO, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    window[t + 2] = a[i] if i < size else 0
    if t >= TPB - 2:
        before = i - TPB
        window[t - (TPB - 2)] = a[before] if 0 <= before and before < size else 0
    cuda.syncthreads()
    if i < size:
        out[i] = window[t] + window[t + 1] + window[t + 2]
