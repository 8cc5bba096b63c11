"""Atomics: every kind on every type against whole numbers without bounds, wrapped; what they return; and where."""

from typing import Any

import numba
import numpy as np
import pytest
from numba import cuda

from minigrad.simulator import launch

INTEGERS = ["int32", "uint32", "int64", "uint64", "int8", "uint16"]
FLOATS = ["float32", "float64"]

# What each kind makes of the old value and the argument, as Python's own numbers.
MODEL = {
    "add": lambda old, value: old + value,
    "sub": lambda old, value: old - value,
    "max": max,
    "min": min,
    "nanmax": max,
    "nanmin": min,
    "and_": lambda old, value: old & value,
    "or_": lambda old, value: old | value,
    "xor": lambda old, value: old ^ value,
    "exch": lambda old, value: value,
    "inc": lambda old, value: 0 if old >= value else old + 1,
    "dec": lambda old, value: value if old == 0 or old > value else old - 1,
}
BITWISE = {"and_", "or_", "xor"}
UNSIGNED = {"inc", "dec"}


def wrapped(value: int, dtype: str) -> int:
    info = np.iinfo(dtype)
    return (value - int(info.min)) % (int(info.max) - int(info.min) + 1) + int(info.min)


def updated(operation: str, array: np.ndarray, *arguments: Any) -> tuple[Any, Any]:
    """What one atomic leaves in the first cell and what it returns."""

    def kernel(a, old, value, other):
        if other is None:
            old[0] = getattr(cuda.atomic, operation)(a, 0, value)
        else:
            old[0] = getattr(cuda.atomic, operation)(a, 0, value, other)

    results = []
    for record in (True, False):
        copied, old = array.copy(), np.zeros(1, array.dtype)
        trace = launch(kernel, 1, 1, copied, old, *arguments, *[None] * (2 - len(arguments)), record=record)
        assert not trace.faults
        results.append((copied[0], old[0]))
    np.testing.assert_equal(*results)
    return results[0]


CASES = [
    (operation, dtype)
    for operation in MODEL
    for dtype in (INTEGERS if operation in BITWISE | UNSIGNED else INTEGERS + FLOATS)
    if operation not in UNSIGNED or dtype.startswith("u")
]


@pytest.mark.parametrize(("operation", "dtype"), CASES)
def test_an_atomic_does_what_its_name_says_and_returns_what_was_there(operation: str, dtype: str):
    values = [0, 1, 2, 3, 100] if dtype.startswith("u") else [0, 1, 3, -2, 100]
    if dtype in INTEGERS:
        values += [int(np.iinfo(dtype).max), int(np.iinfo(dtype).min)]
    pairs = [(old, value) for old in values for value in values]

    def kernel(a, returned):
        i = cuda.threadIdx.x
        returned[i] = getattr(cuda.atomic, operation)(a, i, pairs[i][1])

    array, returned = np.array([old for old, _ in pairs], dtype), np.zeros(len(pairs), dtype)
    assert not launch(kernel, 1, len(pairs), array, returned, record=False).faults
    assert returned.tolist() == [old for old, _ in pairs]
    expected = [MODEL[operation](old, value) for old, value in pairs]
    assert array.tolist() == [wrapped(value, dtype) if dtype in INTEGERS else value for value in expected]


@pytest.mark.parametrize("dtype", INTEGERS)
def test_an_argument_of_another_type_is_taken_in_the_type_of_the_array(dtype: str):
    new, _ = updated("add", np.array([5], dtype), -6)
    assert new == wrapped(-1, dtype)
    new, _ = updated("add", np.array([5], dtype), np.int64(2**40 + 2))
    assert new == wrapped(2**40 + 7, dtype)
    new, _ = updated("max", np.array([5], dtype), np.float32(7.0))
    assert new == 7


def test_a_float_argument_is_rounded_to_the_array_before_it_is_added():
    new, _ = updated("add", np.array([1], np.float32), np.float64(1 + 2.0**-40))
    assert new == np.float32(2)


@pytest.mark.parametrize("dtype", FLOATS)
@pytest.mark.parametrize(
    ("operation", "old", "value", "new"),
    [
        ("max", 1, np.nan, 1),
        ("min", 1, np.nan, 1),
        ("max", np.nan, 1, np.nan),
        ("nanmax", np.nan, 1, 1),
        ("nanmin", np.nan, 1, 1),
        ("nanmax", 1, np.nan, 1),
        ("nanmax", np.nan, np.nan, np.nan),
        ("max", -np.inf, -1e30, -1e30),
        ("add", 3e38, 3e38, None),
    ],
)
@pytest.mark.filterwarnings("error")
def test_nan_and_infinity(dtype, operation, old, value, new):
    if new is None:
        new = np.inf if dtype == "float32" else 6e38
    got, returned = updated(operation, np.array([old], dtype), value)
    np.testing.assert_equal(got, np.dtype(dtype).type(new))
    np.testing.assert_equal(returned, np.dtype(dtype).type(old))


@pytest.mark.parametrize("dtype", INTEGERS + FLOATS)
def test_cas_writes_only_where_it_finds_what_it_was_told(dtype: str):
    array = np.array([5], dtype)
    assert updated("cas", array, 5, 9) == (9, 5)
    assert updated("cas", array, 4, 9) == (5, 5)


def test_cas_compares_in_the_type_of_the_array():
    assert updated("cas", np.array([2**32 - 1], np.uint32), -1, 7) == (7, 2**32 - 1)


def test_compare_and_swap_works_on_the_first_element():
    def kernel(a, old):
        old[0] = cuda.atomic.compare_and_swap(a, 3, 8)
        old[1] = cuda.atomic.compare_and_swap(a, 3, 9)

    a, old = np.array([3, 3]), np.zeros(2)
    assert not launch(kernel, 1, 1, a, old).faults
    assert a.tolist() == [8, 3] and old.tolist() == [3, 8]


def test_an_atomic_takes_a_tuple_a_row_or_a_slice():
    def kernel(a):
        cuda.atomic.add(a, (1, 2), 1)
        cuda.atomic.add(a[0], 1, 2)
        cuda.atomic.add(a[:, 1:], (1, 0), 3)
        cuda.atomic.add(a.T, (0, 1), 4)

    for record in (True, False):
        a = np.zeros((2, 3))
        assert not launch(kernel, 1, 1, a, record=record).faults
        assert a.tolist() == [[0, 2, 0], [4, 3, 1]]


def test_every_thread_of_a_launch_is_counted_once():
    def kernel(count, seen):
        tile = cuda.shared.array(1, numba.int32)
        if cuda.threadIdx.x == 0:
            tile[0] = 0
        cuda.syncthreads()
        ticket = cuda.atomic.add(tile, 0, 1)
        seen[cuda.blockIdx.x, ticket] = 1
        cuda.syncthreads()
        if cuda.threadIdx.x == 0:
            cuda.atomic.add(count, 0, tile[0])

    for order in ("forward", "reverse", 5):
        count, seen = np.zeros(1, np.int32), np.zeros((5, 33))
        trace = launch(kernel, 5, 33, count, seen, order=order, record=False)
        assert not trace.faults
        assert count[0] == 165 and seen.all()


def test_a_lock_of_compare_and_swap_lets_one_thread_at_a_time():
    def kernel(a, lock):
        done = False
        while not done:
            if cuda.atomic.cas(lock, 0, 0, 1) == 0:
                cuda.threadfence()
                cuda.atomic.add(a, 0, a.size)
                cuda.threadfence()
                cuda.atomic.exch(lock, 0, 0)
                done = True

    a = np.zeros(1)
    assert not launch(kernel, 2, 8, a, np.zeros(1, np.int32)).faults
    assert a[0] == 16


def test_what_a_lock_guards_is_no_race():
    def kernel(a, lock):
        while cuda.atomic.cas(lock, 0, 0, 1) != 0:
            pass
        a[0] = a[0] + 1
        cuda.threadfence()
        cuda.atomic.exch(lock, 0, 0)

    for order in ("forward", "reverse", 4):
        a = np.zeros(1)
        assert not launch(kernel, 3, 4, a, np.zeros(1, np.int32), order=order, record=False).faults
        assert a[0] == 12


def test_what_a_lock_without_a_fence_guards_is_a_race():
    def kernel(a, lock):
        while cuda.atomic.cas(lock, 0, 0, 1) != 0:
            pass
        a[0] = a[0] + 1
        cuda.atomic.exch(lock, 0, 0)

    trace = launch(kernel, 3, 4, np.zeros(1), np.zeros(1, np.int32), record=False)
    assert [fault.kind for fault in trace.faults] == ["race"]
