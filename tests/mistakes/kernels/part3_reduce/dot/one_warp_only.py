"""A sum by shuffles that knows of one warp: right for 32 threads."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"safe": "failed", "fault": "race"}

TPB = 32


@puzzle("dot")
@cuda.jit
def dot(out, a, b, size):
    x = float32(0)
    t = cuda.threadIdx.x
    if t < size:
        x = a[t] * b[t]
    step = 1
    while step < min(TPB, 32):
        x += cuda.shfl_xor_sync(0xFFFFFFFF, x, step)
        step *= 2
    if cuda.laneid == 0:
        out[0] = x
