"""Shared memory has no halo: threads 0 and 1 read what they lack from global memory."""

from numba import cuda, float32

from minigrad.workbook import puzzle

EXPECT = "solved"

TPB = 32


@puzzle("pooling")
@cuda.jit
def pooling(out, a, size):
    stretch = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    if i < size:
        stretch[t] = a[i]
    cuda.syncthreads()
    if i < size:
        total = stretch[t]
        for k in range(1, 3):
            if t >= k:
                total += stretch[t - k]
            elif i >= k:
                total += a[i - k]
        out[i] = total
