"""What is caught in a kernel for the processor: races, bounds, unwritten memory, and all the rest."""

import numba
import numpy as np
import pytest
from numba import prange
from parallel_kernels import (
    MAX_DIMS,
    ORDERS,
    add,
    checked,
    index_to_position,
    ints,
    sum_of_squares,
    to_index,
    total_into_one_cell,
)
from sources import line_with, text_with

from minigrad.simulator import KernelError, SimulatorError, Unsupported, launch_parallel

# Races


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
        for turn in range(2):
            for i in prange(len(a)):
                out[i - i * turn] += a[i]

    trace = launch_parallel(kernel, np.zeros(3), np.arange(3.0))
    assert trace.faults[0].message.startswith("iteration 0 and iteration 1 of the parallel loop both use out[0]")
    assert trace.faults[0].block == (2, 0, 0)
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


def sum_of_all(out, a):
    for i in prange(len(out)):
        long = np.empty(MAX_DIMS)
        long[:2] = a[i]
        copied = long.copy()
        for x in copied:
            out[i] += x


def compares_all(out, a):
    for i in prange(len(out)):
        long = np.empty(2)
        for d, x in enumerate(long):
            if x > 1:
                out[i] = d


def chosen_by(out, a):
    for i in prange(len(out)):
        for x in np.empty(1, np.int32):
            out[i] = a[x]


@pytest.mark.parametrize(("kernel", "count"), [(sum_of_all, 2), (compares_all, 2), (chosen_by, 1)])
def test_what_was_passed_over_is_a_fault_once_it_is_used(kernel, count):
    trace = launch_parallel(kernel, np.zeros(1), np.ones(1))
    assert [fault.kind for fault in trace.faults if fault.kind != "out-of-bounds"] == ["uninitialised-read"] * count


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
