"""Thread 0 of the launch adds up everything: right, and nobody has to meet anybody."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("last_block")
@cuda.jit
def last_block(out, partial, counter, a, size):
    if cuda.grid(1) == 0:
        total = 0.0
        for i in range(size):
            total += a[i]
        out[0] = total
