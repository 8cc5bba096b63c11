"""Which loops are parallel, and what may live on from one iteration to the next."""

import numpy as np
import pytest
from numba import njit, prange
from numba import prange as p_range
from parallel_kernels import ORDERS, checked, sum_of_squares
from sources import text_with

from minigrad.simulator import launch_parallel

# Reductions that numba recognises


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


# Which loops are parallel


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
