"""
# Puzzle 3 · Blocks

Add 10 to each element of `a`. One block is no longer enough: it can have 1024 threads, no more. So
there are several, a *grid* of them, and in each the threads are numbered from 0 again. A thread
finds its place in the whole launch from three numbers: `cuda.blockIdx.x`, which block it is in;
`cuda.blockDim.x`, how many threads a block has; and `cuda.threadIdx.x`, which of them it is. The
stub does this for you. In puzzle 5 you will write it yourself, so check it by hand for one thread
of the picture.

    block     0  0  0  0   1  1  1  1   2  2  2  2
    thread    0  1  2  3   0  1  2  3   0  1  2  3      size = 9, 3 blocks of 4 threads
    element   0  1  2  3   4  5  6  7   8  ·  ·  ·

- **Arrays**: `a` and `out` have `size` float32 elements. `out` arrives holding nothing.
- **Sizes**: `size` may be 0.
- **Launch**: blocks of any one size, and at least enough of them; there may be whole blocks with
  nothing to do.
- **Third star**: each thread reads one element and writes one, at most.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("blocks")
@cuda.jit
def blocks(out, a, size):
    i = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    # Your code here: about 2 lines.
