"""Thread 0 brings in both elements that come before."""

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
    start = cuda.blockIdx.x * TPB
    i = start + t
    if i < size:
        window[t + 2] = a[i]
    if t == 0:
        for k in range(2):
            window[k] = 0
            if 0 < start + k - 1 <= size:
                window[k] = a[start + k - 2]
    cuda.syncthreads()
    if i < size:
        total = 0.0
        for k in range(t, t + 3):
            total += window[k]
        out[i] = total
