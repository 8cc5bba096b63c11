"""The sum goes into a, and nowhere else."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "failed", "fault": "changed-input"}


@puzzle("zip")
@cuda.jit
def zip(out, a, b, size):
    i = cuda.grid(1)
    if i < size:
        a[i] += b[i]
