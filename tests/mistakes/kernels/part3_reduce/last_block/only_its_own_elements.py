"""One element for each thread: right only if there are threads enough."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TPB = 32


@puzzle("last_block")
@cuda.jit
def last_block(out, partial, counter, a, size):
    shared = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    shared[t] = a[i] if i < size else 0.0
    step = TPB // 2
    while step > 0:
        cuda.syncthreads()
        if t < step:
            shared[t] += shared[t + step]
        step //= 2
    if t == 0:
        partial[cuda.blockIdx.x] = shared[0]
        cuda.threadfence()
        before = cuda.atomic.add(counter, 0, 1)
        if before == cuda.gridDim.x - 1:
            total = 0.0
            for block in range(cuda.gridDim.x):
                total += partial[block]
            out[0] = total
