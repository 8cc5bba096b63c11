"""The number of steps is a constant worked out from TPB."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32
STEPS = TPB.bit_length() - 1


@puzzle("sum_all")
@cuda.jit
def sum_all(out, a, size):
    shared = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    total = 0.0
    for i in range(cuda.grid(1), size, cuda.gridsize(1)):
        total += a[i]
    shared[t] = total
    cuda.syncthreads()
    for level in range(STEPS):
        half = TPB >> (level + 1)
        if t < half:
            shared[t] = shared[t] + shared[t + half]
        cuda.syncthreads()
    if t == 0:
        cuda.atomic.add(out, 0, shared[0])
