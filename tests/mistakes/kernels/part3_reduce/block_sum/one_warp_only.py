"""Shuffles within a warp, and the second warp's sum is lost."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"safe": "failed", "fault": "race"}

TPB = 32


@puzzle("block_sum")
@cuda.jit
def block_sum(out, a, size):
    i = cuda.grid(1)
    x = float32(0)
    if i < size:
        x = a[i]
    step = 1
    while step < min(TPB, 32):
        x += cuda.shfl_xor_sync(0xFFFFFFFF, x, step)
        step *= 2
    if cuda.laneid == 0:
        out[cuda.blockIdx.x] = x
