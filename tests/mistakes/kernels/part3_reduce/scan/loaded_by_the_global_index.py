"""Uses the place in the array for the place in the block."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "out-of-bounds"}

TPB = 32


@puzzle("scan")
@cuda.jit
def scan(out, a, size):
    sums = cuda.shared.array(TPB, float32)
    i = cuda.grid(1)
    if i < size:
        sums[i] = a[i]
    cuda.syncthreads()
    if i < size:
        total = 0.0
        for k in range(cuda.blockIdx.x * TPB, i + 1):
            total += sums[k]
        out[i] = total
