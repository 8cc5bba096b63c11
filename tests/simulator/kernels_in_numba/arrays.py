"""Views of arrays: rows, slices, shapes, strides, more dimensions, and types."""

import numpy as np
from numba import cuda

from kernels_in_numba.examples import example, integers, zeros


@example(1, (3, 2), lambda: [zeros(2, 3), integers(2, 3)])
@cuda.jit
def index_after_index(out, a):
    i, j = cuda.threadIdx.y, cuda.threadIdx.x
    out[i][j] = a[i][j] + a[i, j] * 10


@example(1, 3, lambda: [zeros(3, 4), integers(3, 4)])
@cuda.jit
def rows(out, a):
    mine = a[cuda.threadIdx.x]
    result = out[cuda.threadIdx.x]
    for k in range(mine.shape[0]):
        result[k] = mine[mine.size - 1 - k]


@example(1, 3, lambda: [zeros(3), integers(5, 3)])
@cuda.jit
def columns(out, a):
    column = a[:, cuda.threadIdx.x]
    total = 0.0
    for k in range(len(column)):
        total += column[k]
    out[cuda.threadIdx.x] = total


@example(1, 4, lambda: [zeros(4), integers(12)])
@cuda.jit
def slices(out, a):
    i = cuda.threadIdx.x
    window = a[i : i + 3]
    every_other = a[::2]
    tail = a[8:]
    out[i] = window[0] + window[2] * 10 + every_other[i] * 100 + tail[i] * 1000 + len(window)


@example(1, 4, lambda: [zeros(4), integers(8)])
@cuda.jit
def a_slice_backwards(out, a):
    out[cuda.threadIdx.x] = a[::-1][cuda.threadIdx.x]


@example(1, 4, lambda: [integers(8)])
@cuda.jit
def writes_through_a_slice(a):
    half = a[4:]
    half[cuda.threadIdx.x] = 100 + cuda.threadIdx.x


@example(1, 2, lambda: [zeros(2, 2), integers(4, 4)])
@cuda.jit
def blocks_of_a_matrix(out, a):
    i = cuda.threadIdx.x
    corner = a[2 * i : 2 * i + 2, 1:3]
    out[i, 0] = corner[0, 0] + corner[1, 1]
    out[i, 1] = corner[0][1] * corner[1][0] + corner.shape[0] * 10 + corner.shape[1]


@example(1, 2, lambda: [zeros(8, dtype="i4"), zeros(2, 3, 4)])
@cuda.jit
def shapes(out, a):
    if cuda.threadIdx.x == 0:
        x, y, z = a.shape
        out[0] = x * 100 + y * 10 + z
        out[1] = a.size
        out[2] = len(a)
        out[3] = a.ndim
        out[4] = a.shape[1]
        out[5] = a[0].ndim * 100 + a[0].size
        out[6] = len(a.shape)
        out[7] = len(a[1, 2])


@example(1, (2, 2, 2), lambda: [zeros(2, 2, 2), integers(2, 2, 2)])
@cuda.jit
def three_dimensions(out, a):
    x, y, z = cuda.threadIdx.x, cuda.threadIdx.y, cuda.threadIdx.z
    out[x, y, z] = a[z, y, x] + a[z][y][x] * 10 + a[z, y][x] * 100


@example(1, 4, lambda: [zeros(4), integers(8)[::2]])
@example(1, 4, lambda: [zeros(4), integers(8)[::-2]])
@example(1, 4, lambda: [zeros(4, 2)[:, 0], integers(4, 4)[1]])
@example(1, 4, lambda: [zeros(4), np.asfortranarray(integers(4, 4))[:, 1]])
@cuda.jit
def strided_arguments(out, a):
    out[cuda.threadIdx.x] = a[cuda.threadIdx.x] + 1


@example(1, (3, 2), lambda: [np.zeros((2, 3), np.float32, order="F"), np.asfortranarray(integers(2, 3))])
@example(1, (3, 2), lambda: [zeros(3, 2).T, integers(3, 2).T])
@cuda.jit
def columns_first(out, a):
    row, col = cuda.threadIdx.y, cuda.threadIdx.x
    out[row, col] = 2 * a[row, col]


@example(
    1,
    4,
    lambda: [
        integers(4, dtype=np.int8),
        integers(4, dtype=np.int16),
        integers(4, dtype=np.uint8, low=0),
        integers(4, dtype=np.uint16, low=0),
        integers(4, dtype=np.uint64, low=0),
    ],
)
@cuda.jit
def small_and_large_integers(a, b, c, d, e):
    i = cuda.threadIdx.x
    a[i] = a[i] + 1
    b[i] = b[i] * 3 + a[i]
    c[i] = c[i] // 2
    d[i] = d[i] + c[i]
    e[i] = e[i] * 2


@example(1, 2, lambda: [zeros(0), 0])
@cuda.jit
def nothing_in_it(out, size):
    i = cuda.threadIdx.x
    if i < size:
        out[i] = 1


@example(1, 4, lambda: [zeros(4), np.array([3, 0, 2, 1], np.int64), integers(4)])
@example(1, 4, lambda: [zeros(4), np.array([3, 0, 2, 1], np.uint8), integers(4)])
@cuda.jit
def indices_from_an_array(out, order, a):
    i = cuda.threadIdx.x
    out[order[i]] = a[i] + a[order[i]]


@example(1, 3, lambda: [integers(3, 3)])
@cuda.jit
def swaps(a):
    i = cuda.threadIdx.x
    a[i, 0], a[i, 2] = a[i, 2], a[i, 0]


@example(1, 4, lambda: [zeros(4), integers(3, 4)])
@cuda.jit
def sums_over_rows(out, a):
    total = 0.0
    for row in range(a.shape[0]):
        total += a[row, cuda.threadIdx.x]
    out[cuda.threadIdx.x] = total
