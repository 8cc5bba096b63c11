"""All threads run the whole loop and write the same values over each other."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("map")
@cuda.jit
def map(out, a):
    for i in range(out.size):
        out[i] = a[i] + 10
