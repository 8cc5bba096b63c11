"""Functions: device functions, closures, factories, and every way of naming ``cuda``."""

import numba
import numba.cuda
import numpy as np
from numba import cuda
from numba import cuda as gpu
from numba.cuda import atomic, blockDim, blockIdx, grid, gridsize, shared, syncthreads, threadIdx

from kernels_in_numba.examples import example, integers, zeros

OFFSETS = (3, 1, 4)
SCALE = 2


@cuda.jit(device=True)
def square(x):
    return x * x


@cuda.jit(device=True)
def polynomial(x, c0, c1=2):
    return c0 + c1 * x + square(x)


@cuda.jit(device=True)
def smaller_first(x, y):
    if x <= y:
        return x, y
    return y, x


@cuda.jit(device=True)
def add_to(a, i, value):
    a[i] += value


@cuda.jit(device=True)
def my_index():
    return cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x


@cuda.jit(device=True)
def block_sum(cells, size):
    step = size // 2
    while step:
        if cuda.threadIdx.x < step:
            cells[cuda.threadIdx.x] += cells[cuda.threadIdx.x + step]
        cuda.syncthreads()
        step //= 2
    return cells[0]


@cuda.jit(device=True)
def first_row_sum(row):
    total = 0.0
    for k in range(row.shape[0]):
        total += row[k]
    return total


@example(1, 6, lambda: [zeros(6), integers(6)])
@cuda.jit
def calls_a_device_function(out, a):
    i = cuda.threadIdx.x
    out[i] = polynomial(a[i], 1) + polynomial(a[i], 2, 3)


@example(1, 6, lambda: [zeros(6, 2), integers(6, 2)])
@cuda.jit
def unpacks_what_a_function_returns(out, a):
    i = cuda.threadIdx.x
    out[i, 0], out[i, 1] = smaller_first(a[i, 0], a[i, 1])


@example(2, 3, lambda: [integers(6)])
@cuda.jit
def passes_arrays_on(a):
    i = my_index()
    add_to(a, i, SCALE * i)


@example(2, 4, lambda: [zeros(2), integers(8)])
@cuda.jit
def waits_inside_a_function(out, a):
    cells = cuda.shared.array(4, numba.float32)
    cells[cuda.threadIdx.x] = a[my_index()]
    cuda.syncthreads()
    total = block_sum(cells, 4)
    if cuda.threadIdx.x == 0:
        out[cuda.blockIdx.x] = total


@example(1, 4, lambda: [zeros(4), integers(4, 5)])
@cuda.jit
def passes_rows_on(out, a):
    out[cuda.threadIdx.x] = first_row_sum(a[cuda.threadIdx.x])


@example(1, 3, lambda: [zeros(3)])
@cuda.jit
def reads_a_constant_tuple(out):
    out[cuda.threadIdx.x] = OFFSETS[cuda.threadIdx.x] + len(OFFSETS) * SCALE


def make_map(function, scale):
    @cuda.jit
    def map_with(out, a):
        i = cuda.grid(1)
        if i < a.size:
            out[i] = scale * function(a[i])

    return map_with


example(2, 4, lambda: [zeros(7), integers(7)])(make_map(square, 3))
example(2, 4, lambda: [zeros(7), integers(7)])(make_map(cuda.jit(device=True)(lambda x: -x), 1))


def make_closure_over_cuda():
    from numba import cuda as chip

    def closure(out, a):
        i = chip.grid(1)
        cells = chip.shared.array(4, numba.float32)
        cells[chip.threadIdx.x] = a[i]
        chip.syncthreads()
        out[i] = cells[3 - chip.threadIdx.x]

    return chip.jit(closure)


example(2, 4, lambda: [zeros(8), integers(8)])(make_closure_over_cuda())


@example(2, 4, lambda: [zeros(8), zeros(1), integers(8)])
@cuda.jit
def imports_every_name(out, total, a):
    i = blockIdx.x * blockDim.x + threadIdx.x
    cells = shared.array(4, numba.float32)
    cells[threadIdx.x] = a[grid(1)]
    syncthreads()
    out[i] = cells[3 - threadIdx.x] + gridsize(1)
    atomic.add(total, 0, a[i])


@example(2, 4, lambda: [zeros(8), integers(8)])
@numba.cuda.jit
def writes_the_name_out(out, a):
    i = numba.cuda.blockIdx.x * numba.cuda.blockDim.x + numba.cuda.threadIdx.x
    cells = numba.cuda.shared.array(4, numba.float32)
    cells[numba.cuda.threadIdx.x] = a[i]
    numba.cuda.syncthreads()
    out[i] = cells[3 - numba.cuda.threadIdx.x]


@example(2, 4, lambda: [zeros(8), integers(8)])
@gpu.jit
def calls_cuda_something_else(out, a):
    i = gpu.grid(1)
    cells = gpu.shared.array(4, numba.float32)
    cells[gpu.threadIdx.x] = a[i]
    gpu.syncthreads()
    out[i] = cells[3 - gpu.threadIdx.x]


@example(1, 4, lambda: [zeros(4)])
@cuda.jit
def tuples(out):
    i = cuda.threadIdx.x
    pair = (i, 2 * i)
    (x, y), z = pair, np.float32(0.5)
    x, y = y, x
    out[i] = x * 10 + y + z + pair[1]
