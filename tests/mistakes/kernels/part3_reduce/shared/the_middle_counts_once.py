"""Does not add the middle element to itself."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TPB = 32


@puzzle("shared")
@cuda.jit
def shared(out, a, size):
    stretch = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    if i < size:
        stretch[t] = a[i]
    cuda.syncthreads()
    if i < size:
        mirror = min(TPB, size - cuda.blockIdx.x * TPB) - 1 - t
        out[i] = stretch[t]
        if mirror != t:
            out[i] += stretch[mirror]
