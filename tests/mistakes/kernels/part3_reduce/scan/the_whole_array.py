"""One running sum over everything: right for one block."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}

TPB = 32


@puzzle("scan")
@cuda.jit
def scan(out, a, size):
    i = cuda.grid(1)
    if i < size:
        total = 0.0
        for k in range(i + 1):
            total += a[k]
        out[i] = total
