"""Threads of a block work together: shared, local and constant memory, and barriers."""

import numba
import numpy as np
from numba import cuda, float32, int32

from kernels_in_numba.examples import dyadics, example, integers, zeros

TPB = 8
HALO = TPB + 2
TILE = 2
WEIGHTS = np.array([1, -2, 1], np.float32)
TABLE = np.arange(6, dtype=np.int32).reshape(2, 3)


@example(2, TPB, lambda: [zeros(16), integers(16)])
@cuda.jit
def mirror(out, a):
    cells = cuda.shared.array(TPB, float32)
    i = cuda.grid(1)
    cells[cuda.threadIdx.x] = a[i]
    cuda.syncthreads()
    out[i] = cells[TPB - 1 - cuda.threadIdx.x]


@example(2, TPB, lambda: [zeros(13), integers(13), 13])
@cuda.jit
def pooling(out, a, size):
    cells = cuda.shared.array(HALO, dtype=numba.float32)
    i = cuda.grid(1)
    local = cuda.threadIdx.x + 2
    if i < size:
        cells[local] = a[i]
    if cuda.threadIdx.x < 2:
        cells[cuda.threadIdx.x] = a[i - 2] if i >= 2 else 0
    cuda.syncthreads()
    if i < size:
        out[i] = cells[local] + cells[local - 1] + cells[local - 2]


@example(2, TPB, lambda: [zeros(2), dyadics(13), 13])
@cuda.jit
def tree_sum(out, a, size):
    cells = cuda.shared.array(TPB, np.float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    cells[t] = a[i] if i < size else 0
    cuda.syncthreads()
    step = TPB // 2
    while step > 0:
        if t < step:
            cells[t] += cells[t + step]
        cuda.syncthreads()
        step //= 2
    if t == 0:
        out[cuda.blockIdx.x] = cells[0]


@example(1, TPB, lambda: [zeros(8), integers(8)])
@cuda.jit
def scan(out, a):
    cells = cuda.shared.array(TPB, float32)
    t = cuda.threadIdx.x
    cells[t] = a[t]
    cuda.syncthreads()
    step = 1
    while step < TPB:
        before = cells[t - step] if t >= step else 0
        cuda.syncthreads()
        cells[t] += before
        cuda.syncthreads()
        step *= 2
    out[t] = cells[t]


@example((2, 2), (TILE, TILE), lambda: [zeros(4, 4), integers(4, 4)])
@cuda.jit
def transpose_by_tiles(out, a):
    tile = cuda.shared.array((TILE, TILE), float32)
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    row, col = cuda.blockIdx.y * TILE, cuda.blockIdx.x * TILE
    tile[y, x] = a[row + y, col + x]
    cuda.syncthreads()
    out[col + y, row + x] = tile[x, y]


@example((2, 2), (TILE, TILE), lambda: [zeros(3, 3), integers(3, 5), integers(5, 3), 3])
@cuda.jit
def matmul_by_tiles(out, a, b, size):
    left = cuda.shared.array((TILE, TILE), float32)
    right = cuda.shared.array((TILE, TILE), float32)
    x, y = cuda.threadIdx.x, cuda.threadIdx.y
    col, row = cuda.grid(2)
    total = 0.0
    for start in range(0, a.shape[1], TILE):
        left[y][x] = a[row, start + x] if row < size and start + x < a.shape[1] else 0
        right[y][x] = b[start + y, col] if start + y < b.shape[0] and col < size else 0
        cuda.syncthreads()
        for k in range(TILE):
            total += left[y, k] * right[k, x]
        cuda.syncthreads()
    if row < size and col < size:
        out[row, col] = total


@example(1, (2, 2, 2), lambda: [zeros(2, 2, 2, dtype="i8")])
@cuda.jit
def shared_cube(out):
    cube = cuda.shared.array((2, 2, 2), numba.int64)
    x, y, z = cuda.threadIdx.x, cuda.threadIdx.y, cuda.threadIdx.z
    cube[z, y, x] = 100 * z + 10 * y + x
    cuda.syncthreads()
    out[z, y, x] = cube[x, z, y]


@example(1, 4, lambda: [zeros(4, dtype="f8"), zeros(4, dtype="i4"), zeros(4, dtype="u1"), zeros(4, dtype="?")])
@cuda.jit
def shared_arrays_of_several_types(doubles, ints, bytes_, bools):
    a = cuda.shared.array(4, numba.float64)
    b = cuda.shared.array(4, int32)
    c = cuda.shared.array(shape=4, dtype=numba.uint8)
    d = cuda.shared.array((4,), numba.boolean)
    t = cuda.threadIdx.x
    a[t] = t / 8
    b[t] = -t
    c[t] = 200 + t
    d[t] = t % 2 == 0
    cuda.syncthreads()
    other = (t + 1) % 4
    doubles[t] = a[other]
    ints[t] = b[other]
    bytes_[t] = c[other]
    bools[t] = d[other]


@example(2, 4, lambda: [zeros(8), integers(8)], dynamic_shared=16)
@cuda.jit
def dynamic_shared_memory(out, a):
    cells = cuda.shared.array(0, float32)
    i = cuda.grid(1)
    cells[cuda.threadIdx.x] = a[i]
    cuda.syncthreads()
    out[i] = cells[cells.size - 1 - cuda.threadIdx.x] + cells.shape[0]


@example(1, 4, lambda: [zeros(4), integers(4)], dynamic_shared=16)
@cuda.jit
def dynamic_arrays_are_one(out, a):
    written = cuda.shared.array(0, float32)
    read = cuda.shared.array(0, float32)
    written[cuda.threadIdx.x] = a[cuda.threadIdx.x]
    cuda.syncthreads()
    out[cuda.threadIdx.x] = read[3 - cuda.threadIdx.x]


@example(1, 4, lambda: [zeros(4), integers(4)], dynamic_shared=32)
@cuda.jit
def dynamic_memory_shared_out_in_slices(out, a):
    left = cuda.shared.array(0, float32)[:4]
    right = cuda.shared.array(0, float32)[4:]
    t = cuda.threadIdx.x
    left[t] = a[t]
    right[t] = -a[t]
    cuda.syncthreads()
    out[t] = left[3 - t] * 10 + right[t]


@example(2, 4, lambda: [zeros(8, dtype="i4"), zeros(8, dtype="i4"), zeros(8, dtype="i4"), integers(8)])
@example(1, 8, lambda: [zeros(8, dtype="i4"), zeros(8, dtype="i4"), zeros(8, dtype="i4"), integers(8, low=1)])
@example(
    1,
    (4, 2),
    lambda: [zeros(8, dtype="i4"), zeros(8, dtype="i4"), zeros(8, dtype="i4"), integers(8, low=0, high=1)],
)
@cuda.jit
def barriers_that_count(count, every, some, a):
    i = cuda.grid(1) + 4 * cuda.threadIdx.y
    count[i] = cuda.syncthreads_count(a[i] > 0)
    every[i] = cuda.syncthreads_and(a[i] > 0)
    some[i] = cuda.syncthreads_or(a[i] > 0)


@example(2, 4, lambda: [zeros(2), integers(8), 1])
@example(2, 4, lambda: [zeros(2), integers(8), 0])
@cuda.jit
def a_barrier_in_both_arms_of_one_decision(out, a, largest):
    cells = cuda.shared.array(4, float32)
    t = cuda.threadIdx.x
    if largest:
        cells[t] = a[cuda.grid(1)]
        cuda.syncthreads()
    else:
        cells[t] = -a[cuda.grid(1)]
        cuda.syncthreads()
    if t == 0:
        best = cells[0]
        for k in range(1, 4):
            best = max(best, cells[k])
        out[cuda.blockIdx.x] = best


@example(1, 4, lambda: [zeros(4), integers(4, 6)])
@cuda.jit
def a_barrier_in_every_turn_of_a_loop(out, a):
    column = cuda.shared.array(4, float32)
    t = cuda.threadIdx.x
    total = 0.0
    for k in range(a.shape[1]):
        column[t] = a[t, k]
        cuda.syncthreads()
        total += column[(t + k) % 4]
        cuda.syncthreads()
    out[t] = total


@example(2, 4, lambda: [zeros(8), integers(8, 5)])
@cuda.jit
def sort_in_local_memory(out, a):
    mine = cuda.local.array(5, float32)
    i = cuda.grid(1)
    for k in range(5):
        mine[k] = a[i, k]
    for k in range(1, 5):
        value = mine[k]
        j = k - 1
        while j >= 0 and mine[j] > value:
            mine[j + 1] = mine[j]
            j -= 1
        mine[j + 1] = value
    out[i] = mine[2]


@example(1, 4, lambda: [zeros(4)])
@cuda.jit
def local_matrix(out):
    mine = cuda.local.array((2, 3), dtype=np.float64)
    for i in range(mine.shape[0]):
        for j in range(mine.shape[1]):
            mine[i, j] = cuda.threadIdx.x * (i + 1) + j / 4
    out[cuda.threadIdx.x] = mine[0, 1] * 100 + mine[1][2]


@example(2, 4, lambda: [zeros(8), integers(10)])
@cuda.jit
def constant_weights(out, a):
    weights = cuda.const.array_like(WEIGHTS)
    i = cuda.grid(1)
    if i < out.size:
        total = 0.0
        for k in range(weights.size):
            total += weights[k] * a[i + k]
        out[i] = total


@example(1, (3, 2), lambda: [zeros(2, 3, dtype="i4")])
@cuda.jit
def constant_table(out):
    table = cuda.const.array_like(TABLE)
    out[cuda.threadIdx.y, cuda.threadIdx.x] = table[cuda.threadIdx.y][cuda.threadIdx.x] * 10 + table.ndim


@example(3, 4, lambda: [zeros(1), zeros(3), zeros(1, dtype="i4"), integers(12)])
@cuda.jit
def last_block_adds_up(out, partial, counter, a):
    last = cuda.shared.array(1, int32)
    t = cuda.threadIdx.x
    if t == 0:
        total = 0.0
        for k in range(4):
            total += a[cuda.blockIdx.x * 4 + k]
        partial[cuda.blockIdx.x] = total
        cuda.threadfence()
        last[0] = cuda.atomic.add(counter, 0, 1) == cuda.gridDim.x - 1
    cuda.syncthreads()
    if last[0] and t == 0:
        total = 0.0
        for k in range(cuda.gridDim.x):
            total += partial[k]
        out[0] = total


@example(1, 4, lambda: [zeros(4)])
@cuda.jit
def fences_of_every_width(out):
    cells = cuda.shared.array(4, float32)
    cells[cuda.threadIdx.x] = cuda.threadIdx.x
    cuda.threadfence_block()
    cuda.threadfence()
    cuda.threadfence_system()
    cuda.syncthreads()
    out[cuda.threadIdx.x] = cells[3 - cuda.threadIdx.x]


@example(1, 6, lambda: [zeros(6), 4])
@cuda.jit
def threads_that_end_before_nothing_is_left_to_wait_for(out, size):
    cells = cuda.shared.array(6, float32)
    t = cuda.threadIdx.x
    cells[t] = 2 * t
    cuda.syncthreads()
    if t >= size:
        return
    out[t] = cells[t] + cells[t + 2]
