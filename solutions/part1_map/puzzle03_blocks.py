"""
# Puzzle 3 · Blocks

## Walkthrough

The blocks before mine have `blockIdx.x * blockDim.x` threads between them, and in my own block
`threadIdx.x` threads come before me. The sum is my place in the whole launch. With 3 blocks of 4,
thread 1 of block 2 gets 2 · 4 + 1 = 9: the tenth thread, with an index that no other thread has.
Each element has exactly one owner again.

From here on nothing is new. The guard is that of puzzle 2, with the global index.

**The traps.** With `threadIdx.x` alone every block does the first few elements again, and nobody
does the rest. With a block size written into the kernel (`blockIdx.x * 32 + …`) it works until
somebody launches it with 64. And a guard on `threadIdx.x` is no guard: in block 2, thread 1 is
small while its element is far out.

**At the edges.** Only the last block is partly idle when the grid fits. But nothing forbids more
blocks than needed, and then whole blocks have nothing to do. A guard on the global index takes care
of both.

**Take with you**: the line `blockIdx * blockDim + threadIdx`. It is so common that numba has a
short name for it, `cuda.grid(1)`.
"""

from numba import cuda

from minigrad.workbook import puzzle


@puzzle("blocks")
@cuda.jit
def blocks(out, a, size):
    i = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    if i < size:
        out[i] = a[i] + 10
