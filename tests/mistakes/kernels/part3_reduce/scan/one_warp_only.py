"""Shuffles up within each warp, and nobody carries the first warp's sum over."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TPB = 32


@puzzle("scan")
@cuda.jit
def scan(out, a, size):
    i = cuda.grid(1)
    lane = cuda.threadIdx.x % 32
    x = float32(0)
    if i < size:
        x = a[i]
    distance = 1
    while distance < 32:
        before = cuda.shfl_up_sync(0xFFFFFFFF, x, distance)
        if lane >= distance:
            x += before
        distance *= 2
    if i < size:
        out[i] = x
