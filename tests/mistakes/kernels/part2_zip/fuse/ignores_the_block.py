"""The same few elements in every block."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}


@puzzle("fuse")
@cuda.jit
def fuse(out, a, b, c, size):
    i = cuda.threadIdx.x
    if i < size:
        out[i] = a[i] * b[i] + c[i]
