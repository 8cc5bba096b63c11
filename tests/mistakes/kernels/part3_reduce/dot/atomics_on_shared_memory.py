"""One place of shared memory, and atomic additions to it."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("dot")
@cuda.jit
def dot(out, a, b, size):
    total = cuda.shared.array(1, float32)
    t = cuda.threadIdx.x
    if t == 0:
        total[0] = 0
    cuda.syncthreads()
    if t < size:
        cuda.atomic.add(total, 0, a[t] * b[t])
    cuda.syncthreads()
    if t == 0:
        out[0] = total[0]
