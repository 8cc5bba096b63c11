"""Names taken out of numba.cuda one by one: numba's simulator is made to take them, its compiler refuses."""

from numba import cuda
from numba.cuda import blockDim, blockIdx, threadIdx

from minigrad.workbook import puzzle

EXPECT = {"correct": "passed", "safe": "passed", "compiles": "failed"}


@puzzle("blocks")
@cuda.jit
def blocks(out, a, size):
    i = blockIdx.x * blockDim.x + threadIdx.x
    if i < size:
        out[i] = a[i] + 10
