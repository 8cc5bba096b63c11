"""Takes b only where it is larger by more than a millionth."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "failed", "safe": "passed"}


@puzzle("choose")
@cuda.jit
def choose(out, a, b, size):
    i = cuda.grid(1)
    if i < size:
        x = a[i]
        y = b[i]
        out[i] = y if abs(y) > abs(x) + 1e-6 else x
