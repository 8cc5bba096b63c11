"""Each thread takes neighbours for itself, as on a CPU: right, and not coalesced."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}


@puzzle("grid_stride")
@cuda.jit
def grid_stride(out, a, size):
    threads = cuda.gridsize(1)
    stretch = (size + threads - 1) // threads
    start = cuda.grid(1) * stretch
    for i in range(start, min(start + stretch, size)):
        out[i] = a[i] + 10
