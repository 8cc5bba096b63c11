"""The trace of a launch: every access in order, what each thread did, and the sectors of memory that warps touch."""

import sys
import tracemalloc
from typing import Any

import numba
import numpy as np
import pytest
from numba import cuda
from sources import line_with

from minigrad.simulator import Event, SimulatorError, TraceTooLarge, launch, precise_run


def exchange(out, a):
    tile = cuda.shared.array(2, numba.float32)
    i = cuda.grid(1)
    t = cuda.threadIdx.x
    tile[t] = a[i]  # first
    cuda.syncthreads()  # then
    out[i] = tile[1 - t]  # last


def told(event: Event) -> tuple[Any, ...]:
    return event.verb, event.array, event.space, event.index, event.value, event.block[0], event.thread[0]


def test_every_access_is_there_in_the_order_in_which_it_happened():
    trace = launch(exchange, 2, 2, np.zeros(4), np.arange(4.0))
    expected: list[tuple[Any, ...]] = []
    for block in range(2):
        for thread in range(2):
            i = 2 * block + thread
            expected.append(("read", "a", "global", (i,), i, block, thread))
            expected.append(("write", "tile", "shared", (thread,), i, block, thread))
        expected += [("barrier", "", "", None, None, block, thread) for thread in range(2)]
        for thread in range(2):
            i = 2 * block + thread
            other = 2 * block + 1 - thread
            expected.append(("read", "tile", "shared", (1 - thread,), other, block, thread))
            expected.append(("write", "out", "global", (i,), other, block, thread))
    assert [told(event) for event in trace.events] == expected
    assert [told(event) for event in trace.accesses] == [each for each in expected if each[0] != "barrier"]


def test_an_event_knows_its_line_and_between_which_barriers_it_was():
    trace = launch(exchange, 1, 2, np.zeros(2), np.zeros(2))
    first, then, last = (line_with(f"# {mark}", exchange) for mark in ("first", "then", "last"))
    assert [event.line for event in trace.events] == [first] * 4 + [then] * 2 + [last] * 4
    before, after = {e.interval for e in trace.events[:6]}, {e.interval for e in trace.events[6:]}
    assert len(before) == len(after) == 1 and min(after) > max(before)


def test_values_are_what_was_read_and_what_then_stood_there():
    def kernel(a):
        cuda.atomic.add(a, 1, 300)
        a[0] = a[1] + 1.75
        mine = cuda.local.array((1, 2), numba.int8)
        mine[0, 1] = 1000

    trace = launch(kernel, 1, 1, np.array([0, 5], np.int16))
    events = [(e.verb, e.array, e.space, e.index, e.value) for e in trace.events]
    assert events == [
        ("atomic", "a", "global", (1,), 305),
        ("read", "a", "global", (1,), 305),
        ("write", "a", "global", (0,), 306),
        ("write", "mine", "local", (0, 1), -24),
    ]


def test_an_access_through_a_view_has_the_index_in_the_whole_array():
    def kernel(a):
        a[1:, 1:].T[1][0] = a[0][2]

    trace = launch(kernel, 1, 1, np.zeros((3, 3)))
    assert [event.index for event in trace.events] == [(0, 2), (1, 2)]


def test_blocks_and_threads_are_named_in_three_dimensions():
    def kernel(a):
        a[0]

    trace = launch(kernel, (1, 2, 2), (2, 1, 3), np.zeros(1))
    blocks = [(0, 0, 0), (0, 1, 0), (0, 0, 1), (0, 1, 1)]
    threads = [(x, 0, z) for z in range(3) for x in range(2)]
    assert [(e.block, e.thread) for e in trace.events] == [(b, t) for b in blocks for t in threads]


def test_the_shape_of_each_array_that_was_touched_is_there():
    def kernel(out, a, not_read):
        square = cuda.shared.array((2, 3), numba.float32)
        few = cuda.local.array(5, numba.float32)
        square[0, 0] = few[1] = a[0, 1]
        cuda.syncthreads()
        out[0] = square[0, 0]

    trace = launch(kernel, 1, 1, np.zeros(1), np.zeros((1, 2)), np.zeros(4))
    assert trace.shapes == {"out": (1,), "a": (1, 2), "square": (2, 3), "few": (5,)}


def test_an_access_outside_is_no_event():
    def kernel(a):
        a[5] = a[6]
        a[4][0]

    assert launch(kernel, 1, 1, np.zeros((1, 1))).events == ()


def test_a_fault_is_known_to_lie_between_two_events():
    def kernel(out, a):
        i = cuda.grid(1)
        out[0] = a[i]
        out[i] = a[0]

    trace = launch(kernel, 1, 2, np.zeros(2), np.zeros(1))
    found = [(fault.kind, trace.events[at].verb) for fault, at in zip(trace.faults, trace.fault_events, strict=True)]
    # Thread 1 first reads outside, so that its write is the next event; that write is the race itself.
    assert found == [("out-of-bounds", "write"), ("race", "write")]
    assert trace.fault_events == (4, 4)


def test_counters_are_by_block_and_thread():
    def kernel(out, a):
        tile = cuda.shared.array(3, numba.int64)
        t = cuda.threadIdx.x + 2 * cuda.threadIdx.y
        for _ in range(t):
            a[t] + a[0]
        if cuda.blockIdx.y:
            tile[t % 3] = 1
            tile[t % 3]
            cuda.atomic.add(tile, t % 3, 1)
            cuda.syncthreads()
        cuda.syncthreads()
        cuda.atomic.max(out, 0, t)
        mine = cuda.local.array(1, numba.int64)
        mine[0] = 1

    counters = launch(kernel, (1, 2), (2, 2), np.zeros(1), np.zeros(4)).counters
    assert counters.global_reads.tolist() == [[0, 2, 4, 6]] * 2
    assert counters.global_writes.tolist() == [[0] * 4] * 2
    assert counters.global_atomics.tolist() == [[1] * 4] * 2
    for count in (counters.shared_reads, counters.shared_writes, counters.shared_atomics):
        assert count.tolist() == [[0] * 4, [1] * 4]
    assert counters.barriers.tolist() == [[1] * 4, [2] * 4]


def test_counters_do_not_depend_on_the_order():
    def counted(order):
        counters = launch(exchange, 4, 2, np.zeros(8), np.zeros(8), order=order).counters
        return {name: np.asarray(value).tolist() for name, value in vars(counters).items()}

    assert counted("forward") == counted("reverse") == counted(7)


# Sectors: pieces of 32 bytes, worked out by hand


def read_at(index: Any) -> Any:
    def kernel(a):
        i = cuda.grid(1)
        a[index(i)]

    return kernel


@pytest.mark.parametrize(
    ("index", "dtype", "threads", "sectors"),
    [
        (lambda i: i, np.float32, 32, 4),
        (lambda i: i, np.float32, 64, 8),
        (lambda i: i, np.float64, 32, 8),
        (lambda i: i, np.int8, 32, 1),
        (lambda i: i, np.int8, 64, 2),  # two warps, two pieces
        (lambda i: i // 2, np.int8, 64, 2),  # two warps, one piece, but each warp asks for it
        (lambda i: 31 - i, np.float32, 32, 4),
        (lambda i: i ^ 5, np.float32, 32, 4),
        (lambda i: 0, np.float32, 32, 1),
        (lambda i: 2 * i, np.float32, 32, 8),
        (lambda i: 8 * i, np.float32, 32, 32),
        (lambda i: 100 * i, np.float32, 32, 32),
        (lambda i: i + 1, np.float32, 32, 5),
        (lambda i: i + 8, np.float32, 32, 4),
        (lambda i: i, np.float32, 20, 3),
    ],
)
def test_sectors_of_one_access_a_thread(index, dtype, threads: int, sectors: int):
    trace = launch(read_at(index), 1, threads, np.zeros(4000, dtype))
    assert (trace.counters.sectors_read, trace.counters.sectors_written) == (sectors, 0)
    assert trace.counters.sectors == sectors


def test_sectors_of_blocks_in_two_dimensions():
    def right_way(out, a):
        x, y = cuda.grid(2)
        out[y, x] = a[y, x]

    def swapped(out, a):
        x, y = cuda.grid(2)
        out[x, y] = a[y, x]

    shape = np.zeros((32, 32), np.float32)
    well = launch(right_way, (1, 4), (32, 8), shape.copy(), shape).counters
    assert (well.sectors_read, well.sectors_written) == (32 * 4, 32 * 4)
    badly = launch(swapped, (1, 4), (32, 8), shape.copy(), shape).counters
    assert (badly.sectors_read, badly.sectors_written) == (32 * 4, 32 * 32)


def test_sectors_of_a_loop_are_counted_turn_by_turn():
    def by_columns(a):
        for k in range(4):
            a[4 * cuda.threadIdx.x + k]

    def by_rows(a):
        for k in range(4):
            a[32 * k + cuda.threadIdx.x]

    a = np.zeros(128, np.float32)
    assert launch(by_columns, 1, 32, a).counters.sectors == 4 * 16
    assert launch(by_rows, 1, 32, a).counters.sectors == 4 * 4


def test_sectors_of_two_places_in_the_code_are_counted_apart():
    def kernel(a):
        a[cuda.threadIdx.x] + a[cuda.threadIdx.x]
        a[cuda.threadIdx.x] += 1

    counters = launch(kernel, 1, 32, np.zeros(32, np.float32)).counters
    assert (counters.sectors_read, counters.sectors_written) == (12, 4)


def test_shared_and_local_memory_has_no_sectors():
    def kernel(a):
        tile = cuda.shared.array(32, numba.float32)
        mine = cuda.local.array(1, numba.float32)
        tile[cuda.threadIdx.x] = mine[0] = 1
        cuda.atomic.add(a, 0, tile[cuda.threadIdx.x])

    assert launch(kernel, 1, 32, np.zeros(1)).counters.sectors == 0


def test_sectors_do_not_depend_on_when_the_interpreter_specialises():
    def kernel(out, a):
        for k in range(20):
            out[cuda.grid(1)] += a[cuda.grid(1)] * k

    arrays = np.zeros(256, np.float32), np.zeros(256, np.float32)
    assert {launch(kernel, 4, 64, *arrays).counters.sectors for _ in range(3)} == {20 * 8 * (4 + 4 + 4)}


# Without a recording, and with too much of it


def test_a_launch_that_was_not_recorded_has_no_events_and_says_so():
    trace = launch(exchange, 1, 2, np.zeros(2), np.zeros(2), record=False)
    assert not trace.recorded and launch(exchange, 1, 2, np.zeros(2), np.zeros(2)).recorded
    for name in ("events", "accesses", "counters"):
        with pytest.raises(SimulatorError, match="was not recorded; launch it with record=True"):
            getattr(trace, name)


def test_a_recording_changes_nothing_about_the_next_launch():
    """A recorded launch of a right kernel must not send later ones down the slow path."""
    calls_made = {}
    for recorded_first in (False, True):

        def kernel(out, a):
            i = cuda.grid(1)
            out[i] = a[i] + 1

        out, a = np.zeros(4096), np.zeros(4096)
        if recorded_first:
            launch(kernel, 1, 4, out, a)
        calls: list[Any] = []
        sys.setprofile(lambda frame, event, argument, calls=calls: calls.append(frame.f_code.co_name))
        try:
            launch(kernel, 16, 256, out, a, record=False)
        finally:
            sys.setprofile(None)
        calls_made[recorded_first] = len(calls)
    assert calls_made[True] < 1.1 * calls_made[False]


def test_a_recording_that_grows_too_large_is_given_up_before_it_takes_much_memory(monkeypatch):
    """The limit of a million is lowered, to be quick; a million may then take 250 megabytes."""
    monkeypatch.setattr(precise_run, "MAX_RECORDED", 20_000)

    def kernel(a):
        a[cuda.grid(1) % 100] + a[cuda.grid(1) % 7]

    tracemalloc.start()
    try:
        with pytest.raises(TraceTooLarge, match="more than 20,000 accesses; launch it with record=False"):
            launch(kernel, 2**20 // 256, 256, np.zeros(100))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 250 * 20_000


def test_the_limit_of_a_recording_is_the_last_access_that_is_kept(monkeypatch):
    assert precise_run.MAX_RECORDED == 1_000_000
    monkeypatch.setattr(precise_run, "MAX_RECORDED", 600)

    def kernel(a):
        for k in range(a.size):
            a[k]

    trace = launch(kernel, 2, 3, np.zeros(100))
    assert trace.counters.global_reads.sum() == 600
    for a in (np.zeros(101), np.zeros(20_000)):
        with pytest.raises(TraceTooLarge):
            launch(kernel, 2, 3, a)
    assert not launch(kernel, 2, 3, np.zeros(20_000), record=False).faults

    def reads_now_and_then(a):
        for k in range(20_000):
            if k % 20 == 0:
                a[k % 7]

    with pytest.raises(TraceTooLarge):
        launch(reads_now_and_then, 1, 1, np.zeros(7))
