"""Who am I: thread, block and grid indices in one to three dimensions, and the guards that go with them."""

from numba import cuda

from kernels_in_numba.examples import example, integers, zeros


@example(1, 8, lambda: [zeros(8)])
@cuda.jit
def thread_index(out):
    out[cuda.threadIdx.x] = cuda.threadIdx.x + 10


@example(5, 1, lambda: [zeros(5)])
@cuda.jit
def block_index(out):
    out[cuda.blockIdx.x] = 3 * cuda.blockIdx.x


@example(3, 4, lambda: [zeros(10), integers(10), 10])
@cuda.jit
def global_index(out, a, size):
    i = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    if i < size:
        out[i] = a[i] + 10


@example(3, 4, lambda: [zeros(11), integers(11)])
@cuda.jit
def grid_1(out, a):
    i = cuda.grid(1)
    if i >= a.shape[0]:
        return
    out[i] = a[i] * 2


@example((2, 3), (4, 2), lambda: [zeros(5, 7), integers(5, 7), 5, 7])
@cuda.jit
def grid_2(out, a, rows, cols):
    col, row = cuda.grid(2)
    if row < rows and col < cols:
        out[row, col] = a[row, col] + 10 * row + col


@example((2, 1, 2), (2, 3, 1), lambda: [zeros(2, 3, 4)])
@cuda.jit
def grid_3(out):
    x, y, z = cuda.grid(3)
    out[z, y, x] = x + 10 * y + 100 * z


@example((2, 3, 1), (2, 1, 2), lambda: [zeros(6, dtype="i4")])
@cuda.jit
def sizes_of_the_grid(out):
    if cuda.grid(1) == 0 and cuda.threadIdx.z == 0 and cuda.blockIdx.y == 0:
        out[0] = cuda.gridsize(1)
        x, y = cuda.gridsize(2)
        out[1] = x * 10 + y
        x, y, z = cuda.gridsize(3)
        out[2] = x * 100 + y * 10 + z
        out[3] = cuda.gridDim.x * 100 + cuda.gridDim.y * 10 + cuda.gridDim.z
        out[4] = cuda.blockDim.x * 100 + cuda.blockDim.y * 10 + cuda.blockDim.z


@example((2, 2, 1), (2, 1, 2), lambda: [zeros(16, dtype="i4")])
@cuda.jit
def linear_index_of_a_thread_in_three_dimensions(out):
    block = cuda.blockIdx.x + cuda.gridDim.x * (cuda.blockIdx.y + cuda.gridDim.y * cuda.blockIdx.z)
    thread = cuda.threadIdx.x + cuda.blockDim.x * (cuda.threadIdx.y + cuda.blockDim.y * cuda.threadIdx.z)
    per_block = cuda.blockDim.x * cuda.blockDim.y * cuda.blockDim.z
    i = block * per_block + thread
    out[i] = 1000 * cuda.blockIdx.x + 100 * cuda.blockIdx.y + 10 * cuda.threadIdx.x + cuda.threadIdx.z


@example(1, 40, lambda: [zeros(40, dtype="i4"), zeros(40, dtype="i4")])
@example(1, (10, 4), lambda: [zeros(40, dtype="i4"), zeros(40, dtype="i4")])
@cuda.jit
def lanes_and_warps(lane, warp):
    i = cuda.threadIdx.x + cuda.blockDim.x * cuda.threadIdx.y
    lane[i] = cuda.laneid
    warp[i] = i // cuda.warpsize


@example(2, 3, lambda: [zeros(17), integers(17), 17])
@example(2, 3, lambda: [zeros(2), integers(2), 2])
@cuda.jit
def grid_stride(out, a, size):
    for i in range(cuda.grid(1), size, cuda.gridsize(1)):
        out[i] = a[i] + 10


@example(2, 3, lambda: [zeros(17), integers(17), 17])
@cuda.jit
def grid_stride_by_hand(out, a, size):
    i = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    stride = cuda.gridDim.x * cuda.blockDim.x
    while i < size:
        out[i] = a[i] - 1
        i += stride


@example((2, 2), (2, 2), lambda: [zeros(3, 4), integers(4, 3), 3, 4])
@cuda.jit
def transpose(out, a, rows, cols):
    col = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
    row = cuda.blockIdx.y * cuda.blockDim.y + cuda.threadIdx.y
    if row < rows:  # noqa: SIM102 as people write it
        if col < cols:
            out[row, col] = a[col, row]


@example(2, 4, lambda: [zeros(7), integers(7), -3, 7])
@example(2, 4, lambda: [zeros(7), integers(7), 23, 7])
@cuda.jit
def roll(out, a, shift, size):
    i = cuda.grid(1)
    if i < size:
        out[(i + shift) % size] = a[i]


@example((1, 2), (3, 2), lambda: [zeros(4, 3), integers(4, 1), integers(1, 3), 4, 3])
@cuda.jit
def broadcast(out, a, b, rows, cols):
    j, i = cuda.grid(2)
    if not (i < rows and j < cols):
        return
    out[i, j] = a[i, 0] + b[0, j]


@example((2, 2), (2, 2), lambda: [zeros(4, 4), integers(4, 4), 4])
@cuda.jit
def above_the_diagonal(out, a, size):
    col, row = cuda.grid(2)
    if row < size and col < size:
        if row <= col:
            out[row, col] = a[row, col]
        else:
            out[row, col] = 0


@example(1, 4, lambda: [zeros(4), integers(4)])
@cuda.jit
def a_chain_of_comparisons(out, a):
    i = cuda.threadIdx.x
    if 0 < i < len(a) - 1:
        out[i] = a[i - 1] + a[i + 1]
    elif 0 <= i == 0:
        out[i] = -1
