"""The size of a shared array has to be known before the kernel is launched."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "compiles": "failed"}

TPB = 32


@puzzle("shared")
@cuda.jit
def shared(out, a, size):
    stretch = cuda.shared.array(cuda.blockDim.x, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    if i < size:
        stretch[t] = a[i]
    cuda.syncthreads()
    if i < size:
        length = min(TPB, size - cuda.blockIdx.x * TPB)
        out[i] = stretch[t] + stretch[length - 1 - t]
