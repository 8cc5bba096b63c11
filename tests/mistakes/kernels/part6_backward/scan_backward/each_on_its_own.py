"""Each thread adds up all from its own place to the end of the stretch."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("scan_backward")
@cuda.jit
def scan_backward(grad_a, d, size):
    sums = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    sums[t] = d[i] if i < size else 0
    cuda.syncthreads()
    if i < size:
        total = float32(0)
        for k in range(t, TPB):
            total += sums[k]
        grad_a[i] = total
