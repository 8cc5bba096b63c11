"""Both barriers in the if, and one for all after the loop."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "divergent-barrier"}

TPB = 32


@puzzle("scan")
@cuda.jit
def scan(out, a, size):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    sums[t] = a[i] if i < size else 0
    cuda.syncthreads()
    distance = 1
    while distance < TPB:
        if t >= distance:
            before = sums[t - distance]
            cuda.syncthreads()
            sums[t] += before
            cuda.syncthreads()
        distance *= 2
    cuda.syncthreads()
    if i < size:
        out[i] = sums[t]
