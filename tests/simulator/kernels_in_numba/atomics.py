"""Many threads, one cell: every atomic, on global and shared memory, for every type that it takes."""

import numba
import numpy as np
from numba import cuda

from kernels_in_numba.examples import dyadics, example, integers, zeros


def of_each(kernel_for, *dtypes, **bounds):
    """Launch a kernel with ``out`` (three cells that hold 5) and twelve numbers, for every type."""
    for dtype in dtypes:
        low = bounds.get("low", 0 if np.dtype(dtype).kind == "u" else -9)
        example(
            3,
            4,
            lambda dtype=dtype, low=low: [np.full(3, 5, dtype), integers(12, dtype=dtype, low=low)],
        )(kernel_for)


EVERY = (np.int32, np.int64, np.uint32, np.uint64, np.float32, np.float64)
SIGNED = (np.int32, np.int64, np.float32, np.float64)
WHOLE = (np.int32, np.int64, np.uint32, np.uint64)


@cuda.jit
def add(out, a):
    cuda.atomic.add(out, cuda.threadIdx.x % 3, a[cuda.grid(1)])


@cuda.jit
def sub(out, a):
    cuda.atomic.sub(out, cuda.threadIdx.x % 3, a[cuda.grid(1)])


@cuda.jit
def largest(out, a):
    cuda.atomic.max(out, cuda.threadIdx.x % 3, a[cuda.grid(1)])


@cuda.jit
def smallest(out, a):
    cuda.atomic.min(out, cuda.threadIdx.x % 3, a[cuda.grid(1)])


@cuda.jit
def bits_in_common(out, a):
    cuda.atomic.and_(out, cuda.threadIdx.x % 3, a[cuda.grid(1)])


@cuda.jit
def bits_of_any(out, a):
    cuda.atomic.or_(out, cuda.threadIdx.x % 3, a[cuda.grid(1)])


@cuda.jit
def parity_of_bits(out, a):
    cuda.atomic.xor(out, cuda.threadIdx.x % 3, a[cuda.grid(1)])


of_each(add, *EVERY)
of_each(sub, *SIGNED)
of_each(largest, *EVERY)
of_each(smallest, *EVERY)
of_each(bits_in_common, *WHOLE)
of_each(bits_of_any, *WHOLE)
of_each(parity_of_bits, *WHOLE)


@example(2, 4, lambda: [np.array([np.nan, 1, -3], "f4"), np.array([1, np.nan, 2, -5, np.nan, 3, 0, 2], "f4")])
@example(2, 4, lambda: [np.array([np.nan, 1, -3], "f8"), np.array([1, np.nan, 2, -5, np.nan, 3, 0, 2], "f8")])
@cuda.jit
def largest_and_smallest_number_that_is_one(out, a):
    cuda.atomic.nanmax(out, 0, a[cuda.grid(1)])
    cuda.atomic.nanmax(out, 1, a[cuda.grid(1)])
    cuda.atomic.nanmin(out, 2, a[cuda.grid(1)])


@example(2, 5, lambda: [np.zeros(2, "u4")])
@example(1, 3, lambda: [np.array([6, 0], "u4")])
@cuda.jit
def count_round_and_round(out):
    cuda.atomic.inc(out, 0, 6)
    cuda.atomic.dec(out, 1, 6)


@example(1, 4, lambda: [integers(4), integers(4, low=10, high=20), zeros(4)])
@example(1, 4, lambda: [integers(4, dtype=np.int32), integers(4, dtype=np.int32, low=10, high=20), zeros(4)])
@cuda.jit
def exchange(cells, new, old):
    t = cuda.threadIdx.x
    old[t] = cuda.atomic.exch(cells, t, new[t])


@example(2, 4, lambda: [np.full(2, -1, np.int32), zeros(2, dtype="i4")])
@cuda.jit
def only_one_gets_in(lock, admitted):
    if cuda.atomic.cas(lock, cuda.blockIdx.x, -1, 7) == -1:
        cuda.atomic.add(admitted, cuda.blockIdx.x, 1)


@example(1, 4, lambda: [np.array([3, 0, 3, 1], np.int32), zeros(4, dtype="i4")])
@example(1, 4, lambda: [np.array([3, 0, 3, 1], np.int64), zeros(4, dtype="i8")])
@cuda.jit
def compare_and_swap_the_first_of_a_slice(cells, old):
    t = cuda.threadIdx.x
    old[t] = cuda.atomic.compare_and_swap(cells[t:], 3, 8)


@example((2, 1), (2, 3), lambda: [zeros(2, 3, dtype="f8"), dyadics(3, 4, dtype=np.float64)])
@example((2, 1), (2, 3), lambda: [zeros(2, 3), dyadics(3, 4)])
@cuda.jit
def cells_of_a_matrix(out, a):
    x, y = cuda.grid(2)
    cuda.atomic.add(out, (x % 2, y), a[y, x])


@example(1, 8, lambda: [zeros(3, 2, dtype="i4")])
@cuda.jit
def cells_of_a_row(out):
    row = out[cuda.threadIdx.x % 3]
    cuda.atomic.add(row, cuda.threadIdx.x // 4, 1)


@example(2, 8, lambda: [zeros(4, dtype="i4"), integers(16, dtype=np.int32, low=0, high=3)])
@cuda.jit
def histogram_with_private_bins(out, a):
    bins = cuda.shared.array(4, numba.int32)
    t = cuda.threadIdx.x
    if t < 4:
        bins[t] = 0
    cuda.syncthreads()
    cuda.atomic.add(bins, a[cuda.grid(1)], 1)
    cuda.syncthreads()
    if t < 4:
        cuda.atomic.add(out, t, bins[t])


@example(2, 8, lambda: [zeros(2), zeros(2), dyadics(16)])
@cuda.jit
def extremes_in_shared_memory(high, low, a):
    best = cuda.shared.array((1, 2), numba.float32)
    if cuda.threadIdx.x == 0:
        best[0, 0] = -1000
        best[0, 1] = 1000
    cuda.syncthreads()
    cuda.atomic.max(best, (0, 0), a[cuda.grid(1)])
    cuda.atomic.min(best, (0, 1), a[cuda.grid(1)])
    cuda.syncthreads()
    if cuda.threadIdx.x == 0:
        high[cuda.blockIdx.x] = best[0, 0]
        low[cuda.blockIdx.x] = best[0, 1]


@example(2, 4, lambda: [zeros(2, dtype="i8")])
@cuda.jit
def bits_in_shared_memory(out):
    bits = cuda.shared.array(3, numba.uint32)
    t = cuda.threadIdx.x
    if t < 3:
        bits[t] = 7
    cuda.syncthreads()
    cuda.atomic.or_(bits, 0, 1 << (t + 4))
    cuda.atomic.and_(bits, 1, 6 - 2 * (t % 2))
    cuda.atomic.xor(bits, 2, 1 << t)
    cuda.syncthreads()
    if t == 0:
        out[cuda.blockIdx.x] = bits[0] * 10000 + bits[1] * 100 + bits[2]


@example(1, 8, lambda: [zeros(8, dtype="i4"), integers(8, dtype=np.int32)])
@cuda.jit
def tickets(out, a):
    counter = cuda.shared.array(1, numba.int32)
    if cuda.threadIdx.x == 0:
        counter[0] = 0
    cuda.syncthreads()
    seat = cuda.atomic.add(counter, 0, 1)
    out[seat] = 1 if a[seat] > 0 else -1
