"""The sigmoid of a times that of -a, by a device function."""

import math

from numba import cuda

from minigrad.workbook import puzzle

EXPECT = "solved"


@cuda.jit(device=True)
def sigmoid(x):
    return 1 / (1 + math.exp(-x))


@puzzle("map_backward")
@cuda.jit
def map_backward(grad_a, d, a, size):
    i = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    if i >= size:
        return
    x = a[i]
    grad_a[i] = sigmoid(x) * sigmoid(-x) * d[i]
