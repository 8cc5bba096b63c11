"""A thread without an element leaves its cell unwritten, and the tree reads it."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed", "fault": "uninitialised-read"}

TPB = 32


@puzzle("max_all")
@cuda.jit
def max_all(out, a, size):
    shared = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
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
