"""Right on any simulator, and refused by the compiler: the size is a variable of the kernel."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "compiles": "failed"}

TPB = 32


@puzzle("pooling")
@cuda.jit
def pooling(out, a, size):
    places = cuda.blockDim.x + 2
    window = cuda.shared.array(places, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    if i < size:
        window[t + 2] = a[i]
    if t < 2:
        window[t] = a[i - 2] if 2 <= i < size + 2 else 0
    cuda.syncthreads()
    if i < size:
        out[i] = window[t] + window[t + 1] + window[t + 2]
