"""The sum of all before: an exclusive scan."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TPB = 32


@puzzle("scan")
@cuda.jit
def scan(out, a, size):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    sums[t] = a[i - 1] if t > 0 and i - 1 < size else 0
    cuda.syncthreads()
    distance = 1
    while distance < TPB:
        before = sums[t - distance] if t >= distance else 0.0
        cuda.syncthreads()
        sums[t] += before
        cuda.syncthreads()
        distance *= 2
    if i < size:
        out[i] = sums[t]
