"""What kernels for the processor are made of in these tests, and a run that has to find nothing wrong."""

from typing import Any

import numpy as np
from numba import njit, prange

from minigrad.simulator import ParallelTrace, launch_parallel

MAX_DIMS = 4
ORDERS = ("forward", "reverse", 1, 2)


@njit
def index_to_position(index, strides):
    position = 0
    for d in range(len(index)):
        position += index[d] * strides[d]
    return position


@njit
def to_index(k, shape, out_index):
    rest = np.int64(k)
    for d in range(len(shape) - 1, -1, -1):
        out_index[d] = rest % shape[d]
        rest = rest // shape[d]


@njit
def broadcast_index(big_index, big_shape, shape, out_index):
    for d in range(len(shape)):
        if shape[d] > 1:
            out_index[d] = big_index[d + len(big_shape) - len(shape)]
        else:
            out_index[d] = 0


@njit
def double_plus_one(x):
    return 2 * x + 1


@njit
def add(x, y):
    return x + y


@njit
def mul(x, y):
    return x * y


def steps(shape: tuple[int, ...]) -> np.ndarray:
    """The strides of a tensor that lies row by row."""
    return np.array([int(np.prod(shape[d + 1 :])) for d in range(len(shape))], dtype=np.int64)


def layout(shape: tuple[int, ...], kind: str) -> np.ndarray:
    if kind == "rows":
        return steps(shape)
    return np.array([*reversed(steps(shape[::-1]).tolist())], dtype=np.int64)  # column by column


def tensor(storage: np.ndarray, shape: Any, strides: Any) -> np.ndarray:
    """The tensor as NumPy sees it."""
    step = storage.dtype.itemsize
    return np.lib.stride_tricks.as_strided(storage, tuple(shape), tuple(int(s) * step for s in strides))


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def checked(kernel: Any, *arguments: Any, **options: Any) -> ParallelTrace:
    """A run that has to be without faults, in every order and with the same outcome; the last one's trace."""
    results = []
    for record in (True, False):
        for order in ORDERS:
            copies = [each.copy() if isinstance(each, np.ndarray) else each for each in arguments]
            trace = launch_parallel(kernel, *copies, order=order, record=record, **options)
            assert [fault.message for fault in trace.faults] == []
            assert trace.complete
            assert not any(trace.unwritten.values())
            results.append(copies)
    for copies in results[1:]:
        for one, other in zip(results[0], copies, strict=True):
            np.testing.assert_array_equal(one, other)
    return launch_parallel(kernel, *arguments, **options)


def sum_of_squares(out, a):
    total = 0.0
    for i in prange(len(a)):
        total += a[i] * a[i]
    out[0] = total


def total_into_one_cell(out, a):
    for i in prange(len(a)):
        out[0] += a[i]
