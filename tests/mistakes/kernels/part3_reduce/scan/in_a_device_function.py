"""The loop in a device function that gets the shared array; distances by shifting."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@cuda.jit(device=True)
def running_sums(sums, t, count):
    shift = 0
    while (1 << shift) < count:
        left = t - (1 << shift)
        before = sums[left] if left >= 0 else float32(0)
        cuda.syncthreads()
        sums[t] += before
        cuda.syncthreads()
        shift += 1


@puzzle("scan")
@cuda.jit
def scan(out, a, size):
    sums = cuda.shared.array(TPB, float32)
    i = cuda.blockDim.x * cuda.blockIdx.x + cuda.threadIdx.x
    sums[cuda.threadIdx.x] = a[i] if i < size else 0
    cuda.syncthreads()
    running_sums(sums, cuda.threadIdx.x, cuda.blockDim.x)
    if i < size:
        out[i] = sums[cuda.threadIdx.x]
