"""Each thread adds up all from the start of the stretch to its own element."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("scan")
@cuda.jit
def scan(out, a, size):
    numbers = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    if i < size:
        numbers[t] = a[i]
    cuda.syncthreads()
    if i < size:
        total = 0.0
        for k in range(t + 1):
            total += numbers[k]
        out[i] = total
