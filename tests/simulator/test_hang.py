"""Kernels that never end, and kernels that only look like it.

A thread hangs when it has done so many turns of its loops; that is a count, so the verdict does not depend on how quick
the machine is. Tests that no test is stuck forever are not needed: one that is stuck is seen.
"""

import linecache
from typing import Any

import numba
import numpy as np
import pytest
from numba import cuda
from sources import line_with

from minigrad.simulator import KernelError, OutOfTime, Trace, launch, precise_run


def launched(kernel: Any, grid: Any, block: Any, *arguments: Any, **options: Any) -> Trace:
    """The recorded one of two launches that go the same way."""
    unrecorded = launch(kernel, grid, block, *map(np.copy, arguments), record=False, **options)
    recorded = launch(kernel, grid, block, *arguments, **options)
    assert unrecorded.faults == recorded.faults
    return recorded


def forever(a):
    while True:  # here
        pass


def while_reading(a):
    while a[0] == a[1]:  # here
        pass


def while_writing(a):
    while True:  # here
        a[0] = a[1] + 1
        a[1] = a[0] - 1


def in_a_helper(a):
    a[0] = spin(1)


def spin(x):
    while x:  # here
        x += 1
    return x


@cuda.jit(device=True)
def spin_on_the_device(x):
    while x:  # here
        x += 1
    return x


def in_a_device_function(a):
    a[0] = spin_on_the_device(1)


def over_a_huge_range(a):
    for i in range(10**12):  # here
        a[0] = i


def in_a_for_with_an_else(a):
    for _ in iter(int, 1):  # here
        continue
    else:
        a[0] = 1


def in_nested_loops(a):
    for i in range(10**6):
        for _ in range(10**6):  # here
            if i < 0:
                break


def short_loops_in_a_long_one(a):
    while True:  # here
        for _ in range(10):
            a[0] + 1


def in_a_function_inside(a):
    def inner(x):
        while x >= 0:  # here
            x += 1

    inner(a[0])


def with_a_barrier_in_it(a):
    while True:  # here
        cuda.syncthreads()


def with_a_barrier_in_a_helper(a):
    while a.size:  # here
        meet()


def meet():
    for _ in range(2):
        cuda.syncthreads()


def with_a_warp_operation_in_it(a):
    for _ in range(10**9):  # here
        cuda.syncwarp(1)


def after_a_long_loop(a):
    for i in range(1000):
        a[0] = i
    while True:  # here
        for i in range(30):
            a[0] = i


def forgets_to_step(a):
    i = cuda.grid(1)
    while i < a.size:  # here
        a[i] = i


HANGING = [
    (forever, forever),
    (while_reading, while_reading),
    (while_writing, while_writing),
    (in_a_helper, spin),
    (in_a_device_function, spin_on_the_device),
    (over_a_huge_range, over_a_huge_range),
    (in_a_for_with_an_else, in_a_for_with_an_else),
    (in_nested_loops, in_nested_loops),
    (short_loops_in_a_long_one, short_loops_in_a_long_one),
    (in_a_function_inside, in_a_function_inside),
    (with_a_barrier_in_it, with_a_barrier_in_it),
    (with_a_barrier_in_a_helper, with_a_barrier_in_a_helper),
    (with_a_warp_operation_in_it, with_a_warp_operation_in_it),
    (after_a_long_loop, after_a_long_loop),
    (forgets_to_step, forgets_to_step),
]


@pytest.mark.parametrize(("kernel", "where"), HANGING, ids=[kernel.__name__ for kernel, _ in HANGING])
def test_a_loop_that_never_ends_is_a_hang_at_its_line(kernel, where):
    trace = launched(kernel, 1, 1, np.zeros(2), loop_turns=5_000)
    (fault,) = trace.faults
    assert (fault.kind, fault.thread, fault.line) == ("hang", (0, 0, 0), line_with("# here", where))
    assert not trace.complete


def test_a_million_turns_are_too_many_and_not_many_fewer():
    def kernel(a, turns):
        for _ in range(turns):
            pass

    assert [fault.kind for fault in launch(kernel, 1, 1, np.zeros(1), 1_001_000).faults] == ["hang"]
    assert not launch(kernel, 1, 1, np.zeros(1), 999_000).faults


def test_a_recorded_loop_with_many_accesses_is_a_hang_and_no_recording_that_is_too_large(monkeypatch):
    monkeypatch.setattr(precise_run, "MAX_RECORDED", 20_000)
    trace = launch(while_writing, 1, 4, np.zeros(2), loop_turns=10_000)
    assert trace.faults[-1].kind == "hang"
    assert len(trace.events) == 20_000


def test_turns_are_counted_through_all_of_a_threads_loops_but_not_from_thread_to_thread():
    def kernel(a):
        for _ in range(3):
            for _ in range(300):
                pass

    assert launched(kernel, 1, 1, np.zeros(1), loop_turns=700).faults
    assert not launched(kernel, 2, 5, np.zeros(1), loop_turns=1000).faults


@pytest.mark.parametrize("order", ["forward", "reverse", 3])
def test_a_whole_block_that_hangs_is_found_out_at_little_more_than_the_cost_of_one_thread(order):
    turns = []

    def kernel(a):
        while True:
            turns.append(1)

    trace = launch(kernel, 4, 256, np.zeros(1), order=order, loop_turns=50_000)
    assert [fault.kind for fault in trace.faults] == ["hang"]
    assert len(turns) < 150_000


def test_the_thread_that_hangs_is_named_and_not_the_ones_that_wait_for_it():
    def kernel(a):
        if cuda.threadIdx.x == 2:
            while True:
                pass
        cuda.syncthreads()

    for order in ("forward", "reverse"):
        trace = launched(kernel, 1, 4, np.zeros(1), loop_turns=5000, order=order)
        assert [(fault.kind, fault.thread) for fault in trace.faults] == [("hang", (2, 0, 0))]


# Waiting for another thread


def flag_of(writer: int) -> Any:
    """Everybody waits until the thread ``writer`` has set a flag."""

    def kernel(a, flag):
        i = cuda.grid(1)
        if i == writer:
            cuda.atomic.exch(flag, 0, 1)
        while cuda.atomic.add(flag, 0, 0) == 0:  # here
            pass
        a[i] = 1

    return kernel


@pytest.mark.parametrize("order", ["forward", "reverse", 1])
@pytest.mark.parametrize("writer", [0, 3, 7])
def test_waiting_for_a_thread_of_the_same_block_ends_well(writer: int, order):
    a = np.zeros(8)
    assert not launched(flag_of(writer), 1, 8, a, np.zeros(1), order=order).faults
    assert a.all()


def test_waiting_for_a_plain_flag_is_a_race_but_ends():
    def kernel(a, flag):
        i = cuda.threadIdx.x
        if i == 3:
            flag[0] = 1
        while flag[0] == 0:
            pass
        a[i] = 1

    a = np.zeros(4)
    trace = launched(kernel, 1, 4, a, np.zeros(1))
    assert {fault.kind for fault in trace.faults} == {"race"} and trace.complete
    assert a.all()


def test_waiting_for_an_earlier_block_ends_and_for_a_later_one_hangs():
    trace = launched(flag_of(0), 2, 4, np.zeros(8), np.zeros(1), loop_turns=10_000)
    assert not trace.faults
    kernel = flag_of(4)
    trace = launched(kernel, 2, 4, np.zeros(8), np.zeros(1), loop_turns=10_000)
    assert [(fault.kind, fault.block, fault.line) for fault in trace.faults] == [
        ("hang", (0, 0, 0), line_with("# here", kernel))
    ]


@pytest.mark.parametrize("order", ["forward", "reverse"])
def test_threads_that_wait_for_one_another_in_a_long_chain_all_get_their_turn(order):
    def kernel(a):
        i = cuda.threadIdx.x
        while i > 0 and cuda.atomic.add(a, i - 1, 0) == 0:
            pass
        cuda.atomic.exch(a, i, 1)

    a = np.zeros(100)
    assert not launch(kernel, 1, 100, a, record=False, order=order, loop_turns=10_000).faults
    assert a.all()


@pytest.mark.parametrize("order", ["forward", "reverse"])
def test_waiting_for_a_thread_that_takes_long_ends_well(order):
    def kernel(a, flag):
        if cuda.threadIdx.x == 1:
            total = 0
            for k in range(70_000):
                total += k
            a[0] = total
            cuda.threadfence()
            cuda.atomic.exch(flag, 0, 1)
        else:
            while cuda.atomic.add(flag, 0, 0) == 0:
                pass

    a = np.zeros(1)
    trace = launch(kernel, 1, 3, a, np.zeros(1), order=order, record=False, loop_turns=100_000)
    assert not trace.faults
    assert a[0] == 69_999 * 35_000


def test_a_pause_in_a_long_loop_loses_nothing():
    def kernel(out, a):
        tile = cuda.shared.array(8, numba.float64)
        i = cuda.threadIdx.x
        total = 0
        for k in range(1000 * (i + 1)):
            total += a[k % 7]
        tile[i] = total
        cuda.syncthreads()
        out[i] = tile[7 - i]

    out, a = np.zeros(8), np.arange(7.0)
    expected = [sum(k % 7 for k in range(1000 * (8 - i))) for i in range(8)]
    for order in ("forward", "reverse", 2):
        for record in (True, False):
            assert not launch(kernel, 1, 8, out, a, order=order, record=record).faults
            assert out.tolist() == expected


# Recursion


def test_recursion_without_end_is_an_error_of_the_kernel():
    def down(x):
        return down(x + 1)  # here

    def kernel(a):
        cuda.syncthreads()
        a[0] = down(0)

    for record in (True, False):
        with pytest.raises(KernelError, match="RecursionError") as raised:
            launch(kernel, 1, 2, np.zeros(1), record=record)
        assert raised.value.line == line_with("# here", down)
    assert not launch(flag_of(0), 1, 2, np.zeros(2), np.zeros(1)).faults


# Code without source


def without_source(text: str) -> Any:
    names: dict[str, Any] = {"cuda": cuda, "numba": numba}
    exec(text, names)
    return names["kernel"]


def test_a_loop_without_source_is_a_hang_too():
    kernel = without_source("def kernel(a):\n    x = 1\n    while x:\n        x += 1\n")
    (fault,) = launched(kernel, 1, 2, np.zeros(1), loop_turns=2000).faults
    assert (fault.kind, fault.source, fault.file) == ("hang", "", "<string>")
    assert fault.line in (3, 4)


def test_a_loop_without_source_on_one_line_is_a_hang_too():
    kernel = without_source("def kernel(a):\n    while True: pass\n")
    assert [fault.kind for fault in launched(kernel, 1, 1, np.zeros(1), loop_turns=2000).faults] == ["hang"]


def test_a_loop_without_source_behind_a_barrier_is_a_hang_too():
    kernel = without_source(
        "def kernel(a):\n"
        "    cuda.syncthreads()\n"
        "    x = cuda.threadIdx.x\n"
        "    while x == 1:\n"
        "        pass\n"
        "    a[0] + x\n"
    )
    for order in ("forward", "reverse"):
        (fault,) = launched(kernel, 1, 3, np.zeros(1), loop_turns=2000, order=order).faults
        assert (fault.kind, fault.thread) == ("hang", (1, 0, 0))


def test_a_loop_without_source_in_a_function_inside_or_beside_is_a_hang_too():
    inside = "def kernel(a):\n    def inner(x):\n        while x: pass\n    inner(1)\n"
    beside = "def helper(x):\n    while x:\n        pass\ndef kernel(a):\n    helper(1)\n"
    for text in (inside, beside):
        assert [fault.kind for fault in launched(without_source(text), 1, 1, np.zeros(1), loop_turns=2000).faults] == [
            "hang"
        ]


def test_a_kernel_without_source_runs_with_barriers_and_loops_and_leaves_no_tracing_behind():
    import sys

    kernel = without_source(
        "def kernel(out, a):\n"
        "    tile = cuda.shared.array(8, numba.float64)\n"
        "    i = cuda.threadIdx.x\n"
        "    tile[i] = a[i]\n"
        "    s = 4\n"
        "    while s > 0:\n"
        "        cuda.syncthreads()\n"
        "        if i < s:\n"
        "            tile[i] += tile[i + s]\n"
        "        s //= 2\n"
        "    if i == 0:\n"
        "        out[0] = tile[0]\n"
    )
    before = sys.gettrace()
    out, a = np.zeros(1), np.arange(8.0)
    trace = launched(kernel, 1, 8, out, a)
    assert not trace.faults and out[0] == 28
    assert {event.line for event in trace.events} == {4, 7, 9, 12}
    assert sys.gettrace() is before


def test_a_kernel_whose_source_stands_in_the_line_cache_has_lines():
    """As notebooks and doctests have it."""
    text = "def kernel(a):\n    a[9] = 1\n"
    linecache.cache["<a cell>"] = (len(text), None, text.splitlines(keepends=True), "<a cell>")
    names: dict[str, Any] = {}
    exec(compile(text, "<a cell>", "exec"), names)
    (fault,) = launched(names["kernel"], 1, 1, np.zeros(1)).faults
    assert (fault.line, fault.source, fault.file) == (2, "a[9] = 1", "<a cell>")


# The backstop


def test_a_launch_that_takes_too_long_is_given_up_without_a_judgement():
    def kernel(a):
        a[0]

    for block in (1, (1, 1)):
        with pytest.raises(OutOfTime, match=r"the launch took longer than 0\.001 seconds"):
            launch(kernel, 10**7, block, np.zeros(1), time_limit=0.001, record=False)


def test_the_backstop_reaches_into_a_loop():
    with pytest.raises(OutOfTime):
        launch(forever, 1, 1, np.zeros(1), time_limit=0.001, loop_turns=10**12)
    assert not launch(forgets_to_step, 1, 1, np.zeros(0)).faults
