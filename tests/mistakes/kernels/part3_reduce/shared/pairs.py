"""Half of the threads write both elements of a pair: right, and two writes each."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("shared")
@cuda.jit
def shared(out, a, size):
    stretch = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    start = cuda.blockIdx.x * TPB
    length = min(TPB, size - start)
    if t < length:
        stretch[t] = a[start + t]
    cuda.syncthreads()
    if t < (length + 1) // 2:
        mirror = length - 1 - t
        both = stretch[t] + stretch[mirror]
        out[start + t] = both
        if mirror != t:
            out[start + mirror] = both
