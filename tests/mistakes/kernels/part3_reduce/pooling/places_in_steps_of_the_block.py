"""The block fills its places in steps of the block, however many there are."""

from numba import cuda, float64

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32
HALO = TPB + 2


@puzzle("pooling")
@cuda.jit
def pooling(out, a, size):
    window = cuda.shared.array(HALO, float64)
    t = cuda.threadIdx.x
    start = cuda.blockIdx.x * cuda.blockDim.x - 2
    place = t
    while place < HALO:
        k = start + place
        window[place] = a[k] if k >= 0 and k < size else 0.0
        place += cuda.blockDim.x
    cuda.syncthreads()
    i = start + 2 + t
    if i < size:
        out[i] = window[t] + window[t + 1] + window[t + 2]
