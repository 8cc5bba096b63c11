"""A barrier that votes tells all threads that theirs is the last block."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("last_block")
@cuda.jit
def last_block(out, partial, counter, a, size):
    shared = cuda.shared.array(TPB, float32)
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
    finished = 0
    if t == 0:
        partial[cuda.blockIdx.x] = shared[0]
        cuda.threadfence()
        finished = cuda.atomic.add(counter, 0, 1) + 1
    is_last = cuda.syncthreads_or(int(finished == cuda.gridDim.x))
    if is_last:
        total = 0.0
        for block in range(t, cuda.gridDim.x, TPB):
            total += partial[block]
        shared[t] = total
        half = TPB // 2
        while half > 0:
            cuda.syncthreads()
            if t < half:
                shared[t] += shared[t + half]
            half //= 2
        if t == 0:
            out[0] = shared[0]
