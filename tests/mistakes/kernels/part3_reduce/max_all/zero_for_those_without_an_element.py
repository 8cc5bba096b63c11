"""A thread without an element contributes 0, which beats all negative numbers."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TPB = 32


@puzzle("max_all")
@cuda.jit
def max_all(out, a, size):
    shared = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    best = 0.0
    if i < size:
        best = a[i]
        while i < size:
            best = max(best, a[i])
            i += cuda.gridsize(1)
    shared[t] = best
    step = TPB // 2
    while step > 0:
        cuda.syncthreads()
        if t < step:
            shared[t] = max(shared[t], shared[t + step])
        step //= 2
    if t == 0:
        cuda.atomic.max(out, 0, shared[0])
