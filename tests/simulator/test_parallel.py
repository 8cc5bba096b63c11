"""Kernels for the processor on checked memory: right ones in many styles, and what a run says of them."""

from types import SimpleNamespace
from typing import Any

import numba
import numpy as np
import pytest
from numba import njit, prange
from numba import prange as p_range
from parallel_kernels import (
    MAX_DIMS,
    add,
    broadcast_index,
    checked,
    double_plus_one,
    index_to_position,
    ints,
    layout,
    mul,
    steps,
    sum_of_squares,
    tensor,
    to_index,
    total_into_one_cell,
)
from sources import line_with

from minigrad.simulator import SimulatorError, TraceTooLarge, launch_parallel

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


@njit
def position_by_zip(index, strides):
    position = 0
    for i, step in zip(index, strides):  # noqa: B905
        position += i * step
    return position


def map_with_long_buffers(f):
    """The buffers have room for more dimensions than there are, and stay unwritten there."""

    def kernel(out, out_shape, out_strides, a, a_shape, a_strides):
        for k in prange(len(out)):
            out_index = np.empty(MAX_DIMS, np.int32)
            to_index(k, out_shape, out_index)
            a_index = out_index.copy()
            broadcast_index(np.copy(out_index), out_shape, a_shape, a_index)
            other = np.empty_like(a_index)
            other[:] = a_index
            out[position_by_zip(out_index, out_strides)] = f(a[position_by_zip(other, a_strides)])

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


MAPS = [map_with_buffers, map_with_long_buffers, map_with_fast_path, map_in_one_loop, map_by_rows]


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
    out[4] += made[..., -1] + np.ones((2, 2, 2))[..., -1].sum()
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
