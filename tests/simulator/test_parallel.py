"""Kernels for the processor on checked memory: right ones in many styles, wrong ones of every kind."""

from types import SimpleNamespace
from typing import Any

import numba
import numpy as np
import pytest
from numba import njit, prange
from numba import prange as p_range

from minigrad.simulator import KernelError, SimulatorError, Trace, TraceTooLarge, Unsupported, launch_parallel
from tests.simulator.sources import line_with, text_with

MAX_DIMS = 4
ORDERS = ("forward", "reverse", 1, 2)


# What kernels are made of


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


def checked(kernel: Any, *arguments: Any, **options: Any) -> Trace:
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


# tensor_map, as people write it


def map_with_buffers(f):
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides):
        for k in prange(len(out)):
            out_index = np.zeros(MAX_DIMS, np.int32)
            a_index = np.empty(MAX_DIMS, dtype=np.int32)
            to_index(k, out_shape, out_index)
            broadcast_index(out_index, out_shape, a_shape, a_index)
            out[index_to_position(out_index[: len(out_shape)], out_strides)] = f(
                a[index_to_position(a_index[: len(a_shape)], a_strides)]
            )

    return njit(parallel=True)(kernel)


def map_with_fast_path(f):
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides):
        if np.array_equal(out_strides, a_strides) and np.array_equal(out_shape, a_shape):
            for k in prange(out.size):
                out[k] = f(a[k])
        else:
            size = 1
            for extent in out_shape:
                size *= extent
            for k in numba.prange(size):
                index = np.zeros_like(out_shape)
                rest = np.int64(k) + 0
                for d in range(len(out_shape) - 1, -1, -1):
                    index[d] = rest % out_shape[d]
                    rest //= out_shape[d]
                at = 0
                lead = len(out_shape) - len(a_shape)
                for d in range(len(a_shape)):
                    if a_shape[d] != 1:
                        at += index[lead + d] * a_strides[d]
                out[(index * out_strides).sum()] = f(a[at])

    return kernel


def map_in_one_loop(f):
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides):
        same = len(out_strides) == len(a_strides) and (out_strides == a_strides).all() and (out_shape == a_shape).all()
        for k in p_range(np.prod(out_shape)):
            if same:
                out[k] = f(a[k])
            else:
                rest, to, at = k, 0, 0
                for d in range(1, len(out_shape) + 1):
                    i = rest % out_shape[-d]
                    rest = rest // out_shape[-d]
                    to += i * out_strides[-d]
                    if d <= len(a_shape) and a_shape[-d] > 1:
                        at += i * a_strides[-d]
                out[to] = f(a[at])

    return kernel


def map_by_rows(f):
    """Parallel over the first dimension only; the loop within it is parallel by name, and runs serially."""

    def kernel(out, out_shape, out_strides, a, a_shape, a_strides):
        for i in prange(out_shape[0]):
            rest = len(out) // out_shape[0]
            for j in prange(rest):
                k = i * rest + j
                index = np.empty(len(out_shape), np.int64)
                index[:] = 0
                to_index(k, out_shape, index)
                source = index[len(out_shape) - len(a_shape) :].copy()
                for d, extent in enumerate(a_shape):
                    if extent == 1:
                        source[d] = 0
                out[np.dot(index, out_strides)] = f(a[np.sum(source * a_strides)])

    return kernel


MAPS = [map_with_buffers, map_with_fast_path, map_in_one_loop, map_by_rows]


@pytest.mark.parametrize(
    ("shape", "kind", "a_shape", "a_kind"),
    [
        ((6,), "rows", (6,), "rows"),
        ((2, 3), "rows", (2, 3), "columns"),
        ((2, 3), "columns", (2, 3), "columns"),
        ((3, 2, 2), "rows", (2, 1), "rows"),
        ((1, 1, 5), "columns", (1,), "rows"),
        ((2, 1, 3, 2), "rows", (2, 1, 1, 2), "columns"),
    ],
)
@pytest.mark.parametrize("make", MAPS)
def test_right_maps_are_accepted(make, shape, kind, a_shape, a_kind):
    a = np.arange(1.0, 1 + np.prod(a_shape))
    strides, a_strides = layout(shape, kind), layout(a_shape, a_kind)
    geometry = [np.array(shape), strides, np.array(a_shape), a_strides]
    expected = np.broadcast_to(2 * tensor(a, a_shape, a_strides) + 1, shape)
    as_tuples = [tuple(each.tolist()) for each in geometry]
    # Only the first does without computing with whole strides, which tuples don't offer.
    for each in (geometry, as_tuples) if make is map_with_buffers else (geometry,):
        out = np.zeros(int(np.prod(shape)))
        trace = checked(make(double_plus_one), out, *each[:2], a, *each[2:], outputs=["out"])
        np.testing.assert_array_equal(tensor(out, shape, strides), expected)
        assert trace.parallel_iterations > 0


# tensor_reduce


def reduce_serially(f):
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides, reduce_dim):
        for k in prange(len(out)):
            index = np.zeros(len(out_shape), np.int32)
            to_index(k, out_shape, index)
            to = index_to_position(index, out_strides)
            for j in range(a_shape[reduce_dim]):
                index[reduce_dim] = j
                out[to] = f(out[to], a[index_to_position(index, a_strides)])

    return kernel


def reduce_in_a_register(f):
    def kernel(out, out_shape, out_strides, a, a_shape, a_strides, reduce_dim):
        length, step = a_shape[reduce_dim], a_strides[reduce_dim]
        for k in prange(out.size):
            index = np.empty(len(out_shape), np.int64)
            to_index(k, out_shape, index)
            to, at = index_to_position(index, out_strides), index_to_position(index, a_strides)
            total = out[to]
            while at < len(a) and length > 0:
                total = f(total, a[at])
                at += step
                length_done = (at - index_to_position(index, a_strides)) // max(step, 1)
                if length_done >= length:
                    break
            out[to] = total

    return kernel


REDUCES = [reduce_serially, reduce_in_a_register]


@pytest.mark.parametrize("make", REDUCES)
@pytest.mark.parametrize("shape", [(4,), (2, 3), (3, 1), (2, 3, 2)])
@pytest.mark.parametrize("kind", ["rows", "columns"])
def test_right_reductions_are_accepted(make, shape, kind):
    for dim in range(len(shape)):
        a = np.arange(1.0, 1 + np.prod(shape))
        out_shape = tuple(1 if d == dim else extent for d, extent in enumerate(shape))
        out = np.full(int(np.prod(out_shape)), 10.0)
        a_strides = layout(shape, kind)
        geometry = (out, np.array(out_shape), steps(out_shape), a, np.array(shape), a_strides, dim)
        checked(make(add), *geometry)
        expected = 10 + tensor(a, shape, a_strides).sum(axis=dim, keepdims=True)
        np.testing.assert_array_equal(tensor(out, out_shape, steps(out_shape)), expected)


# tensor_matmul


def matmul_with_a_total(out, out_shape, out_strides, a, a_shape, a_strides, b, b_shape, b_strides):
    for k in prange(len(out)):
        batch, rest = divmod(k, out_shape[-1] * out_shape[-2])
        i, j = divmod(rest, out_shape[-1])
        at_a = batch * a_strides[0] * (a_shape[0] > 1) + i * a_strides[-2]
        at_b = batch * b_strides[0] * (b_shape[0] > 1) + j * b_strides[-1]
        total = 0.0
        for _ in range(a_shape[-1]):
            total += a[at_a] * b[at_b]
            at_a += a_strides[-1]
            at_b += b_strides[-2]
        out[batch * out_strides[0] + i * out_strides[1] + j * out_strides[2]] = total


def matmul_over_rows(out, out_shape, out_strides, a, a_shape, a_strides, b, b_shape, b_strides):
    """Parallel over batches and rows; the cells of the output are set to zero by the iteration that they belong to."""
    for row in prange(out_shape[0] * out_shape[1]):
        n, i = row // out_shape[1], row % out_shape[1]
        n_a, n_b = min(n, a_shape[0] - 1), min(n, b_shape[0] - 1)
        for j in range(out_shape[2]):
            out[n * out_strides[0] + i * out_strides[1] + j * out_strides[2]] = 0.0
        for k in range(a_shape[2]):
            left = a[n_a * a_strides[0] + i * a_strides[1] + k * a_strides[2]]
            for j in range(out_shape[2]):
                right = b[n_b * b_strides[0] + k * b_strides[1] + j * b_strides[2]]
                out[n * out_strides[0] + i * out_strides[1] + j * out_strides[2]] += left * right


@pytest.mark.parametrize("kernel", [matmul_with_a_total, matmul_over_rows])
@pytest.mark.parametrize("batches", [(2, 2), (1, 2), (2, 1)])
def test_right_matrix_products_are_accepted(kernel, batches):
    a, b = np.arange(12.0), np.arange(24.0)
    shapes = (2, 3, 4), (batches[0], 3, 2), (batches[1], 2, 4)
    arguments = [a[: batches[0] * 6].copy(), b[: batches[1] * 8].copy()]
    out = np.zeros(24)
    geometry = [each for shape in shapes for each in (np.array(shape), steps(shape))]
    checked(kernel, out, *geometry[:2], arguments[0], *geometry[2:4], arguments[1], *geometry[4:], outputs=["out"])
    expected = arguments[0].reshape(shapes[1]) @ arguments[1].reshape(shapes[2])
    np.testing.assert_array_equal(out.reshape(shapes[0]), np.broadcast_to(expected, shapes[0]))


# Reductions that numba recognises


def sum_of_squares(out, a):
    total = 0.0
    for i in prange(len(a)):
        total += a[i] * a[i]
    out[0] = total


def sum_the_other_way_round(out, a):
    total = 1.0
    for i in prange(len(a)):
        if a[i] > 1:
            total = a[i] ** 2 + total
    out[0] = total


def sum_of_float32(out, a):
    total, product = np.float32(0), np.float32(1)
    for i in prange(len(a)):
        total = np.float32(a[i]) + total
        product = np.float32(a[i]) * product
    out[0] = total + product


def largest_and_product(out, a):
    largest, product = -np.inf, 1.0
    for i in prange(len(a)):
        largest = max(largest, a[i])
        product *= a[i]
    for _ in prange(len(a)):
        product /= 2
        largest = min(largest, 3)
    out[0] = largest * product


@pytest.mark.parametrize(
    ("kernel", "expected"),
    [
        (sum_of_squares, 30.0),
        (sum_the_other_way_round, 30.0),
        (sum_of_float32, 34.0),
        (largest_and_product, 3 * 24 / 16),
    ],
)
def test_scalar_reductions_are_accepted(kernel, expected):
    out = np.zeros(1)
    assert checked(kernel, out, np.arange(1.0, 5.0), outputs=["out"]).parallel_iterations in (4, 8)
    assert out[0] == expected


def position_counted_up(out, a):
    at = 0
    for _ in prange(len(a)):
        out[at] = a[at]
        at = at + 1


def largest_by_comparison(out, a):
    largest = a[0]
    for i in prange(len(a)):
        if a[i] > largest:
            largest = a[i]
    out[0] = largest


def running_sum(out, a):
    total = 0.0
    for i in prange(len(a)):
        total += a[i]
        out[i] = total


def counted_under_an_alias():
    loop = prange

    def kernel(out, a):
        at = 0
        for _ in loop(len(a)):
            out[at] = a[at]
            at += len(a) // 4

    return kernel


def its_root(out, a):
    total = np.float32(0)
    for i in prange(len(a)):
        total += np.float32(a[i])
        out[i] = np.sqrt(total)


def taken_from_another(out, a):
    total = np.float32(0)
    for i in prange(len(a)):
        total = np.float32(a[i]) - total
    out[0] = total


def two_operators(out, a):
    total = 0.0
    for i in prange(len(a)):
        total = (total + a[i]) * 2
    out[0] = total


def left_by_another_loop(out, a):
    for i in prange(len(a)):
        x = a[i]
    for i in prange(len(a)):
        x += a[i]
        out[i] = x


def one_total_into_the_other(out, a):
    total, other = 0.0, 0.0
    for i in prange(len(a)):
        total += a[i]
        other += total
    out[0] = other


@pytest.mark.parametrize(
    ("kernel", "name"),
    [
        (position_counted_up, "at"),
        (largest_by_comparison, "largest"),
        (running_sum, "total"),
        (counted_under_an_alias(), "at"),
        (its_root, "total"),
        (taken_from_another, "total"),
        (two_operators, "total"),
        (one_total_into_the_other, "total"),
        (left_by_another_loop, "x"),
    ],
)
@pytest.mark.parametrize("order", ORDERS)
def test_a_variable_that_lives_on_may_only_be_reduced_into(kernel, name, order):
    trace = launch_parallel(kernel, np.zeros(4), np.arange(4.0), order=order)
    assert {(fault.kind, fault.array) for fault in trace.faults} == {("race", name)}
    fault = trace.faults[0]
    assert f"uses {name} as the iterations before have left it" in fault.message
    assert fault.source == text_with(fault.source, kernel)


def test_a_variable_of_one_iteration_may_have_a_name_that_is_used_outside():
    def kernel(out, a):
        x = len(a)
        i = 0
        for k in prange(x):
            x = a[k]
            for i in range(3):
                x += i
            out[k] = x
        for k in prange(len(a)):
            x = 1.0
            x *= 2
            out[k] += x

    out = np.zeros(3)
    checked(kernel, out, np.arange(3.0), outputs=["out"])
    assert out.tolist() == [5.0, 6.0, 7.0]


# Races


def total_into_one_cell(out, a):
    for i in prange(len(a)):
        out[0] += a[i]


def reduce_over_the_input(out, a, width):
    for k in prange(len(a)):
        out[k // width] = add(out[k // width], a[k])


def buffer_outside(out, a, a_shape, a_strides):
    index = np.zeros(len(a_shape), np.int32)
    for k in prange(len(out)):
        to_index(k, a_shape, index)
        out[k] = a[index_to_position(index, a_strides)]


def copied_buffer_outside(out, a, a_shape, a_strides):
    index = a_shape.copy()
    for k in prange(len(out)):
        to_index(k, a_shape, index)
        out[k] = a[index_to_position(index, a_strides)]


def neighbour(out, a):
    for i in prange(len(out) - 1):
        out[i + 1] = out[i] + a[i]


def last_one_wins(out, a):
    for i in prange(len(a)):
        out[0] = a[i]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("record", [True, False])
@pytest.mark.parametrize(
    ("kernel", "arguments", "array", "mark"),
    [
        (total_into_one_cell, (np.zeros(1), np.arange(3.0)), "out", "out[0] +="),
        (reduce_over_the_input, (np.zeros(2), np.arange(6.0), 3), "out", "add("),
        (buffer_outside, (np.zeros(6), np.arange(6.0), ints(2, 3), ints(3, 1)), "index", None),
        (copied_buffer_outside, (np.zeros(6), np.arange(6.0), ints(2, 3), ints(3, 1)), "index", None),
        (neighbour, (np.zeros(4), np.arange(3.0)), "out", "out[i + 1]"),
        (last_one_wins, (np.zeros(1), np.arange(3.0)), "out", "out[0]"),
    ],
)
def test_two_iterations_that_touch_a_cell_race(kernel, arguments, array, mark, order, record):
    copies = [each.copy() if isinstance(each, np.ndarray) else each for each in arguments]
    trace = launch_parallel(kernel, *copies, order=order, record=record)
    assert {(fault.kind, fault.array) for fault in trace.faults} == {("race", array)}
    fault = trace.faults[0]
    assert fault.other is not None
    assert fault.block == fault.other.block == (1, 0, 0)
    one, other = fault.other.thread[0], fault.thread[0]
    assert one != other
    assert fault.message.startswith(f"iteration {one} and iteration {other} of the parallel loop both ")
    assert "nothing orders the two" in fault.message
    if mark is not None:
        assert fault.line == fault.other.line == line_with(mark, kernel)
        assert fault.source == text_with(mark, kernel)
        assert f"in line {fault.line}" in fault.message


def test_a_race_says_what_either_iteration_did():
    trace = launch_parallel(total_into_one_cell, np.zeros(1), np.arange(3.0))
    line = line_with("out[0] +=", total_into_one_cell)
    assert trace.faults[0].message == (
        "iteration 0 and iteration 1 of the parallel loop both use out[0], and nothing orders the two: "
        f"iteration 0 wrote it in line {line}, iteration 1 read it in line {line}"
    )
    trace = launch_parallel(last_one_wins, np.zeros(1), np.arange(3.0), order="reverse")
    line = line_with("out[0] =", last_one_wins)
    assert trace.faults[0].message == (
        f"iteration 2 and iteration 1 of the parallel loop both wrote out[0] in line {line}, and nothing orders the two"
    )


@pytest.mark.parametrize("value", [7.0, np.nan, 0.0])
def test_iterations_that_write_one_value_are_noted(value):
    def kernel(out, a):
        for _ in prange(len(a)):
            out[0] = value

    trace = launch_parallel(kernel, np.zeros(1), np.arange(3.0), outputs=["out"])
    assert not trace.faults
    (note,) = trace.notes
    assert note.kind == "same-value-writes"
    assert note.message == "iteration 0 and iteration 1 of the parallel loop both wrote the same value to out[0]"


def test_what_comes_before_and_after_a_loop_is_ordered():
    def kernel(out, a):
        scratch = np.zeros(len(a))
        for i in prange(len(a)):
            scratch[i] = a[i]
        scratch[0] += 1
        for i in prange(len(a)):
            out[i] = scratch[len(a) - 1 - i]
        for i in prange(len(a)):
            scratch[len(a) - 1 - i] = i
        out[0] += scratch[0]

    out = np.zeros(3)
    trace = checked(kernel, out, np.array([1.0, 2.0, 3.0]), outputs=["out"])
    assert out.tolist() == [5.0, 2.0, 2.0]
    assert [loop.iterations for loop in trace.parallel_loops] == [3, 3, 3]
    assert trace.parallel_iterations == 9


def test_a_loop_that_runs_again_is_one_loop_to_the_message():
    def kernel(out, a):
        for _ in range(2):
            for i in prange(len(a)):
                out[0] += a[i]

    trace = launch_parallel(kernel, np.zeros(1), np.arange(3.0))
    assert trace.faults[0].message.startswith("iteration 0 and iteration 1 of the parallel loop both use out[0]")
    assert [loop.iterations for loop in trace.parallel_loops] == [3, 3]


def test_where_there_are_several_loops_the_message_says_which():
    def kernel(out, a):
        for i in prange(len(a)):
            a[i] += 1
        for i in prange(len(a)):  # the second
            out[0] += a[i]

    trace = launch_parallel(kernel, np.zeros(1), np.arange(3.0))
    line = line_with("the second", kernel)
    assert f"iteration 0 and iteration 1 of the parallel loop in line {line} both use out[0]" in trace.faults[0].message
    assert trace.faults[0].block == (2, 0, 0)


def writes_what_another_made(out, a):
    for i in prange(len(a)):
        if i == 0:
            scratch = np.zeros(len(a))
        scratch[i] = a[i]
        out[i] = scratch[i]


def only_writes_what_another_made(out, a):
    for i in prange(len(a)):
        if i == 0:
            scratch = np.zeros(len(a))
        scratch[i] = a[i]


def reads_what_another_made(out, a):
    for i in prange(len(a)):
        if i == 0:
            scratch = np.zeros(len(a))
        out[i] = scratch[i]


@pytest.mark.parametrize("kernel", [writes_what_another_made, only_writes_what_another_made, reads_what_another_made])
def test_an_array_of_one_iteration_must_not_be_used_by_another(kernel):
    trace = launch_parallel(kernel, np.zeros(3), np.arange(3.0))
    (fault,) = trace.faults
    assert fault.kind == "race"
    assert fault.message == (
        "iteration 1 of the parallel loop uses scratch, which iteration 0 of the parallel loop made, "
        "and nothing orders the two"
    )


@njit(parallel=True)
def running_sums(a):
    total = 0.0
    for i in prange(len(a)):
        total += a[i]
        a[i] = total
    return total


def test_within_an_iteration_a_variable_may_live_on():
    def kernel(out, a):
        for i in prange(len(out)):
            out[i] = running_sums(a.copy()) + i

    out = np.zeros(2)
    checked(kernel, out, np.arange(4.0), outputs=["out"])
    assert out.tolist() == [6.0, 7.0]


def test_parallel_loops_within_parallel_loops_are_ordinary_ones():
    def kernel(out, a):
        for i in prange(len(out)):
            total = 0.0
            for j in prange(len(a)):
                total += a[j]
                out[i] = total + out[i] * 0
            out[i] += total

    out = np.zeros(3)
    trace = checked(kernel, out, np.arange(4.0))
    assert out.tolist() == [12.0] * 3
    assert trace.parallel_iterations == 3


@njit
def fill_serially(out, value):
    for i in prange(len(out)):
        out[0] = value + i


@njit(parallel=True)
def fill_in_parallel(out, value):
    for i in prange(len(out)):
        out[0] = value + i


def test_a_function_that_is_not_compiled_for_parallel_loops_has_none():
    def kernel(out, value):
        fill_serially(out, value)

    def parallel_kernel(out, value):
        fill_in_parallel(out, value)

    assert checked(kernel, np.zeros(3), 1.0).parallel_iterations == 0
    assert launch_parallel(parallel_kernel, np.zeros(3), 1.0).faults[0].kind == "race"
    assert checked(fill_serially, np.zeros(3), 1.0).parallel_loops == ()
    assert launch_parallel(fill_in_parallel, np.zeros(3), 1.0).parallel_iterations == 3


def leaves_by_break(out, a):
    for i in prange(len(a)):
        if a[i] > 1:
            break
        out[0] = a[i]


def leaves_by_return(out, a):
    for i in prange(len(a)):
        out[0] = a[i]
        if a[i] > 1:
            return


def leaves_by_raise(out, a):
    for i in prange(len(a)):
        if a[i] < 0:
            raise ValueError
        out[0] = a[i]


def leaves_an_alias(out, a):
    for i in p_range(len(a)):
        out[0] = a[i]
        if a[i] > 1:
            break


@pytest.mark.parametrize("kernel", [leaves_by_break, leaves_by_return, leaves_by_raise, leaves_an_alias])
def test_a_loop_that_can_be_left_is_no_parallel_loop(kernel):
    trace = launch_parallel(kernel, np.zeros(1), np.arange(4.0))
    assert not trace.faults
    assert trace.parallel_iterations == 0


def test_a_break_out_of_a_loop_within_leaves_the_parallel_loop_parallel():
    def kernel(out, a):
        for i in prange(len(a)):
            for j in range(10):
                if j == i:
                    break
            else:
                continue
            out[i] = j

    out = np.zeros(4)
    assert checked(kernel, out, np.zeros(4), outputs=["out"]).parallel_iterations == 4
    assert out.tolist() == [0.0, 1.0, 2.0, 3.0]


# Bounds


def test_an_index_outside_a_storage_is_a_fault():
    def kernel(out, a):
        for i in prange(len(out)):
            out[i] = a[i + 1]

    a, out = np.arange(3.0), np.zeros(3)
    trace = launch_parallel(kernel, out, a, outputs=["out"])
    (fault,) = trace.faults
    assert (fault.kind, fault.array, fault.index, fault.thread) == ("out-of-bounds", "a", (3,), (2, 0, 0))
    assert fault.message == "iteration 2 of the parallel loop read a[3]; a has 3 elements"
    assert fault.line == line_with("a[i + 1]", kernel)
    assert trace.complete
    assert out[:2].tolist() == [1.0, 2.0]


def test_a_negative_index_into_a_storage_is_outside_and_elsewhere_counts_from_the_end():
    def kernel(out, a, shape, strides, pair):
        index = np.zeros(2, np.int32)
        index[-1] = 4
        out[0] = shape[-1] * 100 + strides[-2] * 10 + pair[-1] + index[1]
        index[-2:] = 1
        out[1] = a[:-1][-1] + index[-2]
        out[2] = a[-1]
        out[-1] = 0

    out = np.zeros(3)
    trace = launch_parallel(kernel, out, np.arange(3.0), ints(2, 3), ints(4, 1), (5, 6), outputs=["out"])
    assert [fault.message for fault in trace.faults] == [
        "the kernel read a[-1]; a has 3 elements",
        "the kernel wrote out[-1]; out has 3 elements",
    ]
    assert trace.faults[0].block == trace.faults[0].thread == (0, 0, 0)
    assert out[:2].tolist() == [350.0, 2.0]


def test_an_index_outside_an_array_that_the_kernel_made_is_a_fault():
    def kernel(out, shape):
        for i in prange(len(out)):
            index = np.zeros(len(shape), np.int32)
            index[len(shape)] = 1
            out[i] = index[-3]
            part = index[:1]
            out[i] = part[1]

    trace = launch_parallel(kernel, np.zeros(1), ints(2, 3))
    assert [fault.message.removeprefix("iteration 0 of the parallel loop ") for fault in trace.faults] == [
        "wrote index[2]; index has 2 elements",
        "read index[-3]; index has 2 elements",
        "read a view of index[1]; a view of index has 1 element",
    ]
    assert {fault.kind for fault in trace.faults} == {"out-of-bounds"}


@pytest.mark.parametrize("shape", [ints(2, 3), (2, 3)])
def test_an_index_outside_a_shape_is_an_error_with_its_line(shape):
    def kernel(out, shape):
        for i in prange(len(out)):
            out[i] = shape[2]

    with pytest.raises(KernelError, match=r"^iteration 0 of the parallel loop raised IndexError") as caught:
        launch_parallel(kernel, np.zeros(2), shape)
    assert caught.value.line == line_with("shape[2]", kernel)
    assert (caught.value.block, caught.value.thread) == ((1, 0, 0), (0, 0, 0))


def test_too_many_indices_are_an_error():
    def kernel(out, shape):
        out[0] = shape[-1, 0]

    with pytest.raises(KernelError, match="too many indices"):
        launch_parallel(kernel, np.zeros(2), ints(2))


def test_an_index_that_is_no_integer_is_an_error():
    def kernel(out, shape):
        for i in prange(len(out)):
            out[i / 1] = 1

    with pytest.raises(KernelError, match="an index has to be an integer"):
        launch_parallel(kernel, np.zeros(2), (2,))


# Memory that nobody wrote


def test_reading_an_output_before_it_is_written_is_a_fault():
    def kernel(out, a):
        for i in prange(len(out)):
            out[i] += a[i]

    trace = launch_parallel(kernel, np.zeros(2), np.ones(2), outputs=["out"])
    assert [fault.kind for fault in trace.faults] == ["uninitialised-read"] * 2
    assert trace.faults[0].message == "iteration 0 of the parallel loop read out[0] before anything was written there"
    assert not launch_parallel(kernel, np.zeros(2), np.ones(2)).faults


def test_reading_an_empty_array_is_a_fault():
    def kernel(out, shape):
        for i in prange(len(out)):
            index = np.empty(2, np.int32)
            index[0] = 1
            out[i] = index[0]
            out[i] += index.sum()
            like = np.empty_like(shape)
            out[i] += like[0]

    trace = launch_parallel(kernel, np.zeros(1), ints(2))
    assert [(fault.kind, fault.array, fault.index) for fault in trace.faults] == [
        ("uninitialised-read", "index", (1,)),
        ("uninitialised-read", "like", (0,)),
    ]


def test_what_was_not_written_is_said():
    def kernel(out, a):
        for i in prange(1, len(out)):
            out[i] = a[i]

    out = np.full(3, 9.0)
    trace = launch_parallel(kernel, out, np.arange(3.0), outputs=["out"])
    assert trace.unwritten == {"out": ((0,),)}
    assert out.tolist() == [9.0, 1.0, 2.0]


# Shapes and strides are only to be read


def writes_element(out, shape):
    shape[0] = 1


def writes_view(out, shape):
    shape[1:][0] = 1


def writes_all(out, shape):
    shape[:] = 1


def writes_in_place(out, shape):
    shape += 1


@pytest.mark.parametrize("kernel", [writes_element, writes_view, writes_all, writes_in_place])
def test_writing_into_a_shape_is_an_error(kernel):
    shape = ints(2, 3)
    with pytest.raises(KernelError, match="shape is only to be read"):
        launch_parallel(kernel, np.zeros(2), shape)
    assert shape.tolist() == [2, 3]


def test_an_array_of_integers_among_the_outputs_can_be_written():
    def kernel(out, shape):
        for i in prange(len(out)):
            out[i] = shape[i]

    out = np.zeros(2, np.int32)
    checked(kernel, out, ints(2, 2**31 + 5), outputs=["out"])
    assert out.tolist() == [2, -(2**31) + 5]


# Everything else that goes wrong


def test_a_loop_that_never_ends_hangs():
    def kernel(out, a):
        for i in prange(len(out)):
            out[i] = a[i]
            while a[i] == 1:  # for ever
                pass

    trace = launch_parallel(kernel, np.zeros(4), np.arange(4.0), outputs=["out"], loop_turns=5000)
    (fault,) = trace.faults
    assert (fault.kind, fault.thread, fault.line) == ("hang", (1, 0, 0), line_with("for ever", kernel))
    assert fault.message.startswith("iteration 1 of the parallel loop is still in this loop after ")
    assert not trace.complete


def test_a_parallel_loop_within_an_endless_one_hangs():
    def kernel(out, a):
        while a[0] == 1:  # for ever
            for i in prange(255):
                out[0] = i * 0

    trace = launch_parallel(kernel, np.ones(1), np.ones(1), loop_turns=300, record=False)
    assert [fault.kind for fault in trace.faults] == ["hang"]
    assert trace.faults[0].message.startswith("the kernel is still in this loop after 300 turns")
    assert line_with("for ever", kernel) <= trace.faults[0].line <= line_with("prange", kernel)


def test_the_turns_of_all_iterations_together_are_no_hang():
    def kernel(out):
        for i in prange(len(out)):
            for _ in range(600):
                out[i] = 1

    assert not launch_parallel(kernel, np.zeros(20), loop_turns=2000).faults


def test_dividing_an_integer_by_zero_is_a_fault():
    def kernel(out, shape):
        for i in prange(len(out)):
            out[i] = i // shape[0] + i % shape[0]

    trace = launch_parallel(kernel, np.zeros(1), ints(0), outputs=["out"])
    assert [fault.kind for fault in trace.faults] == ["integer-division-by-zero"] * 2
    assert trace.faults[0].message == "iteration 0 of the parallel loop divided an integer by zero"


def test_floats_follow_ieee():
    import math

    def kernel(out, a):
        for _ in prange(1):
            out[0] = math.exp(1000 * a[1])
            out[1] = math.log(a[0])
            out[2] = a[1] / a[0]
            out[3] = a[0] / a[0]
            out[4] = np.exp(1000 * a[1])
            out[5] = (-a[1]) ** 0.5

    out = np.zeros(6)
    assert not launch_parallel(kernel, out, np.array([0.0, 1.0]), outputs=["out"]).faults
    np.testing.assert_array_equal(out, [np.inf, -np.inf, np.inf, np.nan, np.inf, np.nan])


def test_what_the_code_raises_is_an_error_with_its_line():
    def kernel(out, a):
        out[0] = a.nothing

    with pytest.raises(KernelError, match=r"^the kernel raised AttributeError") as caught:
        launch_parallel(kernel, np.zeros(2), np.zeros(2))
    assert caught.value.line == line_with("a.nothing", kernel)
    assert caught.value.block == caught.value.thread == (0, 0, 0)


def uses_thread_ids(out):
    for _ in prange(len(out)):
        out[numba.get_thread_id()] += 1


def changes_a_list(out):
    index = [0, 0]
    for i in prange(len(out)):
        index[0] = i
        out[i] = index[0]


def draws(out):
    for i in prange(len(out)):
        out[i] = np.random.random()


def copies_into(out):
    np.copyto(out, np.ones(2))


def writes_two_results(out):
    np.divmod(out, 2, out=(out, out))


def reshapes(out):
    out.reshape(2, 1)[0, 0] = 1


def on_the_gpu(out):
    out[0] = numba.cuda.threadIdx.x


@pytest.mark.parametrize(
    ("kernel", "name"),
    [
        (uses_thread_ids, "get_thread_id"),
        (changes_a_list, "list index"),
        (draws, "np.random"),
        (on_the_gpu, "cuda"),
        (copies_into, "np.copyto"),
        (writes_two_results, "divmod"),
        (reshapes, "reshape"),
    ],
)
def test_what_cannot_be_judged_is_refused_by_name(kernel, name):
    import numba.cuda  # noqa: F401

    with pytest.raises(Unsupported, match=name):
        launch_parallel(kernel, np.zeros(2))


def test_an_array_too_large_to_be_made_is_an_error():
    def kernel(out):
        out[0] = np.zeros(10**12)[0]

    with pytest.raises(KernelError, match="MemoryError: an array of 1,000,000,000,000 elements"):
        launch_parallel(kernel, np.zeros(2))


def test_a_step_other_than_one_is_an_error():
    def kernel(out):
        for i in prange(0, len(out), 2):
            out[i] = 1

    with pytest.raises(KernelError, match="step of 1"):
        launch_parallel(kernel, np.zeros(4))


def test_arguments_that_make_no_sense_are_refused():
    with pytest.raises(SimulatorError, match="takes 2 arguments"):
        launch_parallel(sum_of_squares, np.zeros(1))
    with pytest.raises(SimulatorError, match="no such parameter"):
        launch_parallel(sum_of_squares, np.zeros(1), np.zeros(1), outputs=["result"])
    with pytest.raises(SimulatorError, match="order is"):
        launch_parallel(sum_of_squares, np.zeros(1), np.zeros(1), order="random")
    storage = np.zeros(4)
    with pytest.raises(SimulatorError, match="overlap"):
        launch_parallel(sum_of_squares, storage[:2], storage[1:])


def test_a_storage_that_is_given_twice_is_one_memory():
    def kernel(out, a):
        for i in prange(len(out)):
            out[i] = a[len(a) - 1 - i]

    a = np.arange(4.0)
    trace = launch_parallel(kernel, a, a, outputs=["out"])
    assert {fault.kind for fault in trace.faults} == {"race"}


# What a kernel may write


def whole_arrays(out, a, shape, strides):
    made = np.ones(3) + np.full(3, 2.0)
    made[1:] *= 2
    order = np.arange(3)[::-1]
    wide = np.array([shape[0], 7, 1])
    both = wide.copy()
    both.fill(1)
    both[0] = 5
    grid = np.zeros((2, 3))
    grid[1, -1] = 4
    grid[0] = made
    part = made[:-1][::-1][::1]
    part[-1] += part[0]
    copied = np.copy(grid)
    out[:] = 0
    out[0] = made.sum() + np.max(wide) + both.min() + order[0] + len(order) + order.size
    out[1] = copied[1].sum() + copied[0, 1] + grid.T[2, 1] + grid.shape[1]
    out[2] = np.prod(shape) + (shape * strides).sum() + np.dot(shape, strides)
    out[3] = np.all(shape == np.array([2, 3])) and not (shape != shape).any() and max(shape) == 3 and sum(strides) == 4
    out[4] = grid[..., -1].sum() + np.shape(np.empty(3))[0] + np.size(np.empty_like(grid)) + np.ndim(np.empty(1))
    out[4] += np.maximum(shape, strides)[0] + a[1:3].sum() + (a[:2] + a[2:])[1] + a.dtype.itemsize
    for value, step in zip(shape, strides):  # noqa: B905
        out[5] += value * step


@pytest.mark.parametrize("make", [njit, njit(parallel=True), lambda kernel: kernel])
def test_whole_arrays_are_computed_with_as_numpy_does(make):
    out, a = np.zeros(6), np.array([1.0, 2.0, 3.0, 4.0])
    assert not launch_parallel(make(whole_arrays), out, a, ints(2, 3), ints(3, 1), outputs=["out"]).faults
    plain = np.zeros(6)
    whole_arrays(plain, a, ints(2, 3), ints(3, 1))
    np.testing.assert_array_equal(out, plain)


def test_a_whole_array_is_read_element_by_element():
    def kernel(out, a):
        for i in prange(len(out)):
            out[i] = a.sum()
            a[i] = 1

    trace = launch_parallel(kernel, np.zeros(2), np.arange(2.0))
    assert [(fault.kind, fault.array, fault.index) for fault in trace.faults] == [
        ("race", "a", (0,)),
        ("race", "a", (1,)),
    ]
    assert trace.faults[0].line == line_with("a.sum()", kernel)


def test_comprehensions_and_functions_within_are_followed():
    scale = SimpleNamespace(f=njit(lambda x: x * 3))
    triple = scale.f

    def kernel(out, a):
        for i in prange(len(out)):
            out[i] = triple(a[i]) + sum([a[j] for j in range(i)])

    out = np.zeros(3)
    checked(kernel, out, np.arange(3.0), outputs=["out"])
    assert out.tolist() == [0.0, 3.0, 7.0]


def test_float32_stays_float32():
    def kernel(out, a):
        for i in prange(len(out)):
            out[i] = a[i] * a[i]

    out, a = np.zeros(3, np.float32), np.array([1.1, 2.2, 3.3], np.float32)
    checked(kernel, out, a, outputs=["out"])
    np.testing.assert_array_equal(out, a * a)


# What a trace says


def test_counters_are_kept_for_each_iteration():
    def kernel(out, a):
        out[0] = a[0]
        for i in prange(len(a)):
            for j in range(i):
                out[i] = a[j]
        for i in prange(2):
            out[i] = 1

    trace = launch_parallel(kernel, np.zeros(3), np.arange(3.0))
    assert trace.counters.global_reads.tolist() == [[1, 0, 1, 2, 0, 0]]
    assert trace.counters.global_writes.tolist() == [[1, 0, 1, 2, 1, 1]]
    assert trace.counters.barriers.shape == (1, 6)
    line = line_with("out[i] = a[j]", kernel)
    assert [(each.reads, each.writes) for each in trace.profile.lines if each.line == line] == [(3, 3)]


def test_local_arrays_and_shapes_are_not_counted():
    def kernel(out, shape):
        for i in prange(len(out)):
            index = np.zeros(2)
            index[0] = shape[0]
            out[i] = index[0]

    trace = launch_parallel(kernel, np.zeros(2), ints(2))
    assert trace.counters.global_reads.sum() == 0
    assert trace.counters.global_writes.sum() == 2


def test_events_name_loop_and_iteration():
    def kernel(out, a):
        for i in prange(2):
            out[i] = a[i]

    trace = launch_parallel(kernel, np.zeros(2), np.arange(2.0), order="reverse")
    assert [(event.verb, event.array, event.index, event.thread) for event in trace.events] == [
        ("read", "a", (1,), (1, 0, 0)),
        ("write", "out", (1,), (1, 0, 0)),
        ("read", "a", (0,), (0, 0, 0)),
        ("write", "out", (0,), (0, 0, 0)),
    ]
    assert {event.block for event in trace.events} == {(1, 0, 0)}
    assert {event.line for event in trace.events} == {line_with("out[i]", kernel)}


def test_an_unrecorded_run_keeps_no_accesses():
    trace = launch_parallel(sum_of_squares, np.zeros(1), np.zeros(2), record=False)
    with pytest.raises(SimulatorError, match="not recorded"):
        _ = trace.counters
    assert trace.parallel_iterations == 2
    assert not trace.faults


def test_a_recorded_run_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("minigrad.simulator.parallel_run.MAX_RECORDED", 100)
    with pytest.raises(TraceTooLarge):
        launch_parallel(sum_of_squares, np.zeros(1), np.zeros(101))


def test_iterations_run_in_the_order_that_was_asked_for():
    def kernel(out):
        for i in prange(len(out)):
            out[i] = 1

    orders = {}
    for order in ("forward", "reverse", 0, 1, 2**40):
        twice = [
            [event.thread[0] for event in launch_parallel(kernel, np.zeros(20), order=order).events] for _ in range(2)
        ]
        assert twice[0] == twice[1]
        assert sorted(twice[0]) == list(range(20))
        orders[order] = tuple(twice[0])
    assert orders["forward"] == tuple(range(20))
    assert orders["reverse"] == tuple(range(19, -1, -1))
    assert len(set(orders.values())) == 5


def test_the_kernel_itself_is_not_changed():
    kernel = njit(parallel=True)(total_into_one_cell)
    names = dict(total_into_one_cell.__globals__)
    launch_parallel(kernel, np.zeros(1), np.arange(3.0))
    assert not kernel.signatures
    assert total_into_one_cell.__globals__ == names
    out = np.zeros(1)
    total_into_one_cell(out, np.arange(3.0))
    assert out[0] == 3


def test_code_without_source_is_checked_too():
    names: dict[str, Any] = {"prange": prange, "np": np}
    exec(
        "def kernel(out, a):\n    for i in prange(len(a)):\n        while a[i] == 2: pass\n        out[0] = a[i]\n",
        names,
    )
    trace = launch_parallel(names["kernel"], np.zeros(1), np.array([0.0, 1.0]))
    assert [fault.kind for fault in trace.faults] == ["race"]
    assert trace.faults[0].line == 4
    trace = launch_parallel(names["kernel"], np.zeros(1), np.array([2.0, 1.0]), loop_turns=3000)
    assert [(fault.kind, fault.line) for fault in trace.faults] == [("hang", 3)]


# Beside numba itself


def test_a_map_gives_what_numba_gives():
    shape, a_shape = (2, 3), (3,)
    a = np.array([1.5, -2.0, 0.25])
    geometry = (np.array(shape), layout(shape, "columns")), (np.array(a_shape), steps(a_shape))
    ours, theirs = np.zeros(6), np.zeros(6)
    kernel = map_with_fast_path(double_plus_one)
    launch_parallel(kernel, ours, *geometry[0], a, *geometry[1], outputs=["out"])
    njit(parallel=True)(kernel)(theirs, *geometry[0], a, *geometry[1])
    np.testing.assert_array_equal(ours, theirs)


def test_a_reduction_gives_what_numba_gives():
    ours, theirs, a = np.ones(2), np.ones(2), np.arange(6.0)
    geometry = (np.array([2, 1]), ints(1, 1)), (np.array([2, 3]), ints(3, 1))
    kernel = reduce_serially(mul)
    launch_parallel(kernel, ours, *geometry[0], a, *geometry[1], 1)
    njit(parallel=True)(kernel)(theirs, *geometry[0], a, *geometry[1], 1)
    np.testing.assert_array_equal(ours, theirs)
    assert ours.tolist() == [0.0, 60.0]
