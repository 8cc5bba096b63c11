"""Thread 0 walks over the block's numbers."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("block_sum")
@cuda.jit
def block_sum(out, a, size):
    numbers = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    if i < size:
        numbers[t] = a[i]
    cuda.syncthreads()
    if t == 0:
        total = 0.0
        for k in range(min(TPB, size - i)):
            total += numbers[k]
        out[cuda.blockIdx.x] = total
