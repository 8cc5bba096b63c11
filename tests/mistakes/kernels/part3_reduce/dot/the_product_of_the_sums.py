"""Adds up before it multiplies."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TPB = 32


@puzzle("dot")
@cuda.jit
def dot(out, a, b, size):
    left = cuda.shared.array(TPB, float32)
    right = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    left[t] = a[t] if t < size else 0
    right[t] = b[t] if t < size else 0
    cuda.syncthreads()
    if t == 0:
        x, y = 0.0, 0.0
        for k in range(TPB):
            x += left[k]
            y += right[k]
        out[0] = x * y
