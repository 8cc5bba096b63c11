"""The first thread of each block does the block's share alone: right, while the others stand by."""

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "efficient": "failed"}

TPB = 32


@puzzle("last_block")
@cuda.jit
def last_block(out, partial, counter, a, size):
    if cuda.threadIdx.x == 0:
        total = 0.0
        for i in range(cuda.blockIdx.x, size, cuda.gridDim.x):
            total += a[i]
        partial[cuda.blockIdx.x] = total
        cuda.threadfence()
        if cuda.atomic.add(counter, 0, 1) == cuda.gridDim.x - 1:
            total = 0.0
            for block in range(cuda.gridDim.x):
                total += partial[block]
            out[0] = total
