"""The same few sums in every block."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "unwritten"}


@puzzle("zip")
@cuda.jit
def zip(out, a, b, size):
    i = cuda.threadIdx.x
    if i < size:
        out[i] = a[i] + b[i]
