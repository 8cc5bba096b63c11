"""The other threads read the flag while thread 0 sets it."""

from numba import cuda, float32, int32

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "failed"}

TPB = 32


@puzzle("last_block")
@cuda.jit
def last_block(out, partial, counter, a, size):
    shared = cuda.shared.array(TPB, float32)
    is_last = cuda.shared.array(1, int32)
    t = cuda.threadIdx.x
    total = 0.0
    for i in range(cuda.grid(1), size, cuda.gridsize(1)):
        total += a[i]
    shared[t] = total
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
        is_last[0] = before == cuda.gridDim.x - 1
    if is_last[0] and t == 0:
        total = 0.0
        for block in range(cuda.gridDim.x):
            total += partial[block]
        out[0] = total
