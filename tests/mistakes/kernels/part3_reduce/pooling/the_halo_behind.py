"""The two elements from before stand behind the others, and indices go round."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32
HALO = TPB + 2


@puzzle("pooling")
@cuda.jit
def pooling(out, a, size):
    ring = cuda.shared.array(HALO, float32)
    t = cuda.threadIdx.x
    i = cuda.blockIdx.x * TPB + t
    if i < size:
        ring[t] = a[i]
    if t < 2:
        before = i - 2
        x = float32(0)
        if before >= 0:
            if before < size:
                x = a[before]
        ring[TPB + t] = x
    cuda.syncthreads()
    if i < size:
        out[i] = ring[t] + ring[(t + HALO - 1) % HALO] + ring[(t + HALO - 2) % HALO]
