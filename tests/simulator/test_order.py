"""What happens before what, and so what is a race: by example, and against the slow way of looking at every pair."""

from typing import Any

import numba
import numpy as np
import pytest
from happens_before import CELLS, Program, judge, programs
from hypothesis import HealthCheck, given, settings
from numba import cuda
from share import examples

from minigrad.simulator import Fault, Trace, launch

ORDERS = ("forward", "reverse", 1, 2)


# Against every pair


def verdict(program: Program, order: str | int) -> Trace:
    program.done.clear()
    return launch(program.kernel(), program.grid, program.block, np.zeros(CELLS, np.int32), order=order)


def cell_of(fault: Fault) -> tuple[str, int, int]:
    assert fault.block is not None and fault.index is not None
    shared = fault.array == "tile"
    return "shared" if shared else "global", fault.block[0] if shared else 0, fault.index[0]


@settings(
    max_examples=examples(300), deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
@given(programs())
def test_the_simulator_finds_the_races_that_looking_at_every_pair_finds(program: Program):
    for order in ORDERS[:3]:
        trace = verdict(program, order)
        expected = judge(program)
        assert {fault.kind for fault in trace.faults} <= {"race", "uninitialised-read"}
        races = {cell_of(fault): fault for fault in trace.faults if fault.kind == "race"}
        assert races.keys() == expected.races.keys()
        for cell, race in races.items():
            pair = frozenset((party.block[0], party.thread[0]) for party in (race, race.other))
            assert pair in expected.races[cell]
        notes = {cell_of(note) for note in trace.notes if note.kind == "same-value-writes"}
        assert notes - races.keys() == expected.notes.keys() - races.keys()


# By example. Each kernel works on ``a``, an array of 64 integers, and may use ``tile``, 64 integers of shared memory.


def kinds(kernel: Any, grid: Any, block: Any, order: str | int = "forward") -> list[str]:
    """The kinds of fault and of note, recorded or not."""
    both = []
    for record in (True, False):
        trace = launch(kernel, grid, block, np.zeros(64, np.int64), order=order, record=record)
        both.append([found.kind for found in (*trace.faults, *trace.notes)])
    assert both[0] == both[1]
    return sorted(set(both[0]))


def writes_by_one_thread(a):
    if cuda.grid(1) == 0:
        a[0] = 1
        a[0] = a[0] + 1


def a_barrier_between(a):
    tile = cuda.shared.array(64, numba.int64)
    i = cuda.threadIdx.x
    tile[i] = i
    cuda.syncthreads()
    a[cuda.grid(1)] = tile[cuda.blockDim.x - 1 - i]


def no_barrier_between(a):
    i = cuda.threadIdx.x
    a[i] = i
    if i == 1:
        a[2] = a[0]


def a_barrier_too_few(a):
    i = cuda.threadIdx.x
    for turn in range(2):
        left = a[(i + 1) % cuda.blockDim.x]
        cuda.syncthreads()
        a[i] = left + turn


def a_barrier_in_a_loop(a):
    i = cuda.threadIdx.x
    for turn in range(3):
        left = a[(i + 1) % cuda.blockDim.x]
        cuda.syncthreads()
        a[i] = left + turn
        cuda.syncthreads()


def barriers_that_answer(a):
    i = cuda.threadIdx.x
    a[i] = 1
    cuda.syncthreads_count(i)
    x = a[(i + 1) % cuda.blockDim.x]
    cuda.syncthreads_and(i)
    a[i] = x + 1
    cuda.syncthreads_or(i)
    a[(i + 1) % cuda.blockDim.x] += 1


def a_barrier_does_not_order_blocks(a):
    if cuda.blockIdx.x == 0:
        a[0] = 1
    cuda.syncthreads()
    if cuda.blockIdx.x == 1:
        a[1] = a[0]


def syncwarp_of_all_lanes(a):
    i = cuda.threadIdx.x
    a[i] = i
    cuda.syncwarp()
    if i % 2:
        a[i] = a[i - 1] + 1


def syncwarp_of_another_warp(a):
    i = cuda.threadIdx.x
    a[i] = i
    cuda.syncwarp()
    if i == 32:
        a[40] = a[0]


def syncwarp_of_a_mask(a):
    i = cuda.threadIdx.x
    if i < 2:
        a[i] = i
        cuda.syncwarp(0b11)
        a[i + 2] = a[1 - i]


def syncwarp_of_a_mask_and_a_lane_outside_it(a):
    i = cuda.threadIdx.x
    a[i] = i
    if i < 2:
        cuda.syncwarp(0b11)
        a[i + 40] = a[i + 1]
    if i == 2:
        cuda.syncthreads()
    else:
        cuda.syncthreads()


def a_lane_that_ended_outside_the_mask(a):
    i = cuda.threadIdx.x
    if i == 2:
        a[2] = 1
        return
    cuda.syncwarp(0b11)
    if i == 0:
        a[0] = a[2]


def a_lane_that_ended_within_the_mask(a):
    i = cuda.threadIdx.x
    if i == 2:
        a[2] = 1
        return
    cuda.syncwarp(0b111)
    if i == 0:
        a[0] = a[2]


def syncwarps_in_a_chain(a):
    i = cuda.threadIdx.x
    if i == 0:
        a[0] = 1
    if i < 2:
        cuda.syncwarp(0b011)
    if i > 0:
        cuda.syncwarp(0b110)
    if i == 2:
        a[1] = a[0]


def a_shuffle_orders_nothing(a):
    i = cuda.threadIdx.x
    a[i] = i
    cuda.shfl_sync(0xFFFFFFFF, i, 0)
    if i == 0:
        a[40] = a[1]


def a_vote_orders_nothing(a):
    i = cuda.threadIdx.x
    a[i] = i
    cuda.ballot_sync(0xFFFFFFFF, i)
    cuda.all_sync(0xFFFFFFFF, i)
    cuda.match_any_sync(0xFFFFFFFF, i)
    if i == 0:
        a[40] = a[1]


def last_block(fence: Any) -> Any:
    """The last block to finish adds up what all have written."""

    def kernel(a):
        if cuda.threadIdx.x == 0:
            a[cuda.blockIdx.x + 2] = 1
            fence()
            done = cuda.atomic.add(a, 0, 1)
            if done == cuda.gridDim.x - 1:
                total = 0
                for block in range(cuda.gridDim.x):
                    total += a[block + 2]
                a[1] = total

    return kernel


def no_fence() -> None:
    pass


def last_block_sets_the_counter_back(a):
    if cuda.threadIdx.x == 0 and cuda.atomic.add(a, 0, 1) == cuda.gridDim.x - 1:
        a[0] = 0


def last_block_has_another_thread_set_it_back(a):
    is_last = cuda.shared.array(1, numba.int32)
    if cuda.threadIdx.x == 0:
        is_last[0] = cuda.atomic.add(a, 0, 1) == cuda.gridDim.x - 1
    cuda.syncthreads()
    if is_last[0] and cuda.threadIdx.x == 1:
        a[0] = 0


def last_block_reads_what_was_written_before_the_count(a):
    if cuda.threadIdx.x == 0:
        a[cuda.blockIdx.x + 2] = 1
        if cuda.atomic.add(a, 0, 1) == cuda.gridDim.x - 1:
            a[0] = a[(cuda.blockIdx.x + 1) % cuda.gridDim.x + 2]


def first_block_sets_the_counter_back(a):
    if cuda.threadIdx.x == 0 and cuda.atomic.add(a, 0, 1) == 0:
        a[0] = 0


def last_block_told_to_all_its_threads(a):
    is_last = cuda.shared.array(1, numba.int32)
    if cuda.threadIdx.x == 0:
        a[cuda.blockIdx.x + 2] = 1
        cuda.threadfence()
        is_last[0] = cuda.atomic.add(a, 0, 1) == cuda.gridDim.x - 1
    cuda.syncthreads()
    if is_last[0] and cuda.threadIdx.x < cuda.gridDim.x:
        a[cuda.threadIdx.x + 20] = a[cuda.threadIdx.x + 2] + 1


def every_thread_fences_and_one_counts(a):
    is_last = cuda.shared.array(1, numba.int32)
    a[cuda.grid(1) + 2] = 1
    cuda.threadfence()
    cuda.syncthreads()
    if cuda.threadIdx.x == 0:
        is_last[0] = cuda.atomic.add(a, 0, 1) == cuda.gridDim.x - 1
    cuda.syncthreads()
    if is_last[0]:
        a[40 + cuda.threadIdx.x] = a[(cuda.blockIdx.x + 1) % cuda.gridDim.x * cuda.blockDim.x + cuda.threadIdx.x + 2]


def one_thread_fences_before_the_others_are_done(a):
    is_last = cuda.shared.array(1, numba.int32)
    a[cuda.grid(1) + 2] = 1
    if cuda.threadIdx.x == 0:
        cuda.threadfence()
    cuda.syncthreads()
    if cuda.threadIdx.x == 0:
        is_last[0] = cuda.atomic.add(a, 0, 1) == cuda.gridDim.x - 1
    cuda.syncthreads()
    if is_last[0]:
        a[40 + cuda.threadIdx.x] = a[(cuda.blockIdx.x + 1) % cuda.gridDim.x * cuda.blockDim.x + cuda.threadIdx.x + 2]


def one_thread_fences_after_the_others_are_done(a):
    is_last = cuda.shared.array(1, numba.int32)
    a[cuda.grid(1) + 2] = 1
    cuda.syncthreads()
    if cuda.threadIdx.x == 0:
        cuda.threadfence()
        is_last[0] = cuda.atomic.add(a, 0, 1) == cuda.gridDim.x - 1
    cuda.syncthreads()
    if is_last[0]:
        a[40 + cuda.threadIdx.x] = a[(cuda.blockIdx.x + 1) % cuda.gridDim.x * cuda.blockDim.x + cuda.threadIdx.x + 2]


def the_fence_comes_after_the_atomic(a):
    if cuda.threadIdx.x == 0:
        a[cuda.blockIdx.x + 2] = 1
        done = cuda.atomic.add(a, 0, 1)
        cuda.threadfence()
        if done == cuda.gridDim.x - 1:
            a[1] = a[(cuda.blockIdx.x + 1) % cuda.gridDim.x + 2]


def the_atomics_are_on_different_cells(a):
    if cuda.threadIdx.x == 0:
        a[cuda.blockIdx.x + 20] = 1
        cuda.threadfence()
        cuda.atomic.add(a, cuda.blockIdx.x, 1)
        a[cuda.blockIdx.x + 40] = a[(cuda.blockIdx.x + 1) % 2 + 20]


def handed_on_twice(a):
    """Each block hands on to the next, over a cell of its own, what it has from the one before."""
    block = cuda.blockIdx.x
    if cuda.threadIdx.x == 0:
        if block > 0:
            cuda.atomic.add(a, block, 1)
        if block == 0:
            a[40] = 1
            cuda.threadfence()
        if block == 2:
            a[41] = a[40]
        cuda.atomic.add(a, block + 1, 1)


def fenced_by_one_lane_and_counted_by_another(a):
    i = cuda.threadIdx.x
    if i == 0:
        a[cuda.blockIdx.x + 2] = 1
        cuda.threadfence()
    cuda.syncwarp()
    if i == 1 and cuda.atomic.add(a, 0, 1) == cuda.gridDim.x - 1:
        for block in range(cuda.gridDim.x):
            a[block + 20] = a[block + 2]


def fenced_by_one_lane_of_a_mask_and_counted_by_another(a):
    i = cuda.threadIdx.x
    if i == 0:
        a[cuda.blockIdx.x + 2] = 1
        cuda.threadfence()
    if i < 2:
        cuda.syncwarp(0b11)
    if i == 1 and cuda.atomic.add(a, 0, 1) == cuda.gridDim.x - 1:
        for block in range(cuda.gridDim.x):
            a[block + 20] = a[block + 2]


def fenced_after_the_warp_has_met(a):
    i = cuda.threadIdx.x
    a[cuda.grid(1) + 2] = 1
    cuda.syncwarp()
    if i == 1:
        cuda.threadfence()
        if cuda.atomic.add(a, 0, 1) == cuda.gridDim.x - 1:
            for k in range(cuda.gridDim.x * cuda.blockDim.x):
                a[k + 20] = a[k + 2]


def fenced_within_the_block_and_then_for_the_device(a):
    """Thread 0 hands on to thread 1 of its block, which hands it on to the last block."""
    i = cuda.threadIdx.x
    if i == 0:
        a[cuda.blockIdx.x + 2] = 1
        cuda.threadfence_block()
        cuda.atomic.add(a, 40 + cuda.blockIdx.x, 1)
    if i == 1:
        while cuda.atomic.add(a, 40 + cuda.blockIdx.x, 0) == 0:
            pass
        cuda.threadfence()
        if cuda.atomic.add(a, 0, 1) == cuda.gridDim.x - 1:
            for block in range(cuda.gridDim.x):
                a[block + 20] = a[block + 2]


def learnt_before_a_barrier_and_handed_on_after_it(a):
    block, i = cuda.blockIdx.x, cuda.threadIdx.x
    if i == 0:
        if block > 0:
            while cuda.atomic.add(a, block, 0) == 0:
                pass
        else:
            a[40] = 1
    cuda.syncthreads()
    if i == 1:
        if block == 2:
            a[41] = a[40]
        cuda.threadfence()
        cuda.atomic.add(a, block + 1, 1)


def a_fence_within_the_block(a):
    i = cuda.threadIdx.x
    if i == 0:
        a[2] = 1
        cuda.threadfence_block()
        cuda.atomic.add(a, 0, 1)
    elif i == 1 and cuda.atomic.add(a, 0, 0) == 1:
        a[3] = a[2]


def an_atomic_after_it_was_set(a):
    if cuda.grid(1) == 0:
        a[0] = 1
        cuda.threadfence()
        cuda.atomic.add(a, 0, 1)
    else:
        cuda.atomic.add(a, 0, 1)


def atomics_alone(a):
    cuda.atomic.add(a, 0, 1)
    cuda.atomic.max(a, 0, 1)


def an_atomic_and_a_plain_read(a):
    if cuda.grid(1) == 0:
        cuda.atomic.add(a, 0, 1)
    else:
        a[1] = a[0]


def one_value_by_all(a):
    a[0] = 7


def one_value_by_all_but_one(a):
    a[0] = 8 if cuda.grid(1) == 3 else 7


def one_value_by_two_blocks(a):
    if cuda.threadIdx.x == 0:
        a[0] = 7


def one_value_in_the_end_but_another_on_the_way(a):
    if cuda.grid(1) == 0:
        a[0] = 5
    a[0] = 7


def one_value_by_all_and_a_reader_who_has_met_one_of_them(a):
    i = cuda.threadIdx.x
    if i < 2:
        a[0] = 7
    if i > 0:
        cuda.syncwarp(0b110)
    if i == 2:
        a[1] = a[0]


def a_read_between_two_writes_of_one_value(a):
    if cuda.blockIdx.x == 1 or cuda.threadIdx.x == 0:
        a[0] = 1
    cuda.syncthreads()
    if cuda.blockIdx.x == 0 and cuda.threadIdx.x == 1:
        a[1] = a[0]
    cuda.syncthreads()
    if cuda.threadIdx.x == 0:
        a[0] = 1


def nan_by_all(a):
    tile = cuda.shared.array(1, numba.float32)
    tile[0] = np.nan


def reads_by_many_blocks_and_then_a_write(a):
    if cuda.blockIdx.x < cuda.gridDim.x - 1:
        a[cuda.blockIdx.x + 2] = a[0]
    else:
        a[0] = 1


def reads_by_two_blocks_and_a_write_of_the_second(a):
    x = a[0]
    if cuda.grid(1) == cuda.gridsize(1) - 1:
        a[0] = x + 1


def reads_by_many_and_a_write_of_one_of_them(a):
    i = cuda.threadIdx.x
    x = a[40]
    if i == 2:
        a[40] = x + 1


def ends_early(a):
    if cuda.threadIdx.x > 1:
        return
    cuda.syncthreads()
    a[cuda.threadIdx.x] = 1


FINE: list[str] = []
RACE = ["race"]

EXAMPLES = [
    (writes_by_one_thread, 1, 4, FINE),
    (a_barrier_between, 2, 8, FINE),
    (no_barrier_between, 1, 2, RACE),
    (a_barrier_too_few, 1, 3, RACE),
    (a_barrier_in_a_loop, 1, 3, FINE),
    (barriers_that_answer, 1, 3, FINE),
    (a_barrier_does_not_order_blocks, 2, 2, RACE),
    (syncwarp_of_all_lanes, 1, 64, FINE),
    (syncwarp_of_another_warp, 1, 33, RACE),
    (syncwarp_of_a_mask, 1, 8, FINE),
    (syncwarp_of_a_mask_and_a_lane_outside_it, 1, 3, ["divergent-barrier", "race"]),
    (a_lane_that_ended_outside_the_mask, 1, 3, RACE),
    (a_lane_that_ended_within_the_mask, 1, 3, FINE),
    (syncwarps_in_a_chain, 1, 3, FINE),
    (a_shuffle_orders_nothing, 1, 4, RACE),
    (a_vote_orders_nothing, 1, 4, RACE),
    (last_block(cuda.threadfence), 4, 2, FINE),
    (last_block(cuda.threadfence_system), 4, 2, FINE),
    (last_block(no_fence), 2, 1, RACE),
    (last_block(cuda.threadfence_block), 2, 1, RACE),
    (last_block_told_to_all_its_threads, 3, 4, FINE),
    (last_block_sets_the_counter_back, 3, 4, FINE),
    (last_block_has_another_thread_set_it_back, 3, 4, FINE),
    (last_block_reads_what_was_written_before_the_count, 3, 4, RACE),
    (first_block_sets_the_counter_back, 3, 4, RACE),
    (every_thread_fences_and_one_counts, 3, 4, FINE),
    (one_thread_fences_before_the_others_are_done, 3, 4, RACE),
    (one_thread_fences_after_the_others_are_done, 3, 4, FINE),
    (the_fence_comes_after_the_atomic, 2, 1, RACE),
    (the_atomics_are_on_different_cells, 2, 1, RACE),
    (a_fence_within_the_block, 1, 2, FINE),
    (fenced_by_one_lane_and_counted_by_another, 3, 4, FINE),
    (fenced_by_one_lane_of_a_mask_and_counted_by_another, 3, 4, FINE),
    (fenced_after_the_warp_has_met, 3, 4, FINE),
    (fenced_within_the_block_and_then_for_the_device, 3, 2, FINE),
    (a_read_between_two_writes_of_one_value, 2, 2, RACE),
    (atomics_alone, 2, 40, FINE),
    (an_atomic_and_a_plain_read, 1, 2, RACE),
    (one_value_by_all, 1, 4, ["same-value-writes"]),
    (one_value_by_all_but_one, 1, 4, ["race", "same-value-writes"]),
    (one_value_by_two_blocks, 2, 2, ["same-value-writes"]),
    (one_value_in_the_end_but_another_on_the_way, 1, 2, RACE),
    (one_value_by_all_and_a_reader_who_has_met_one_of_them, 1, 3, ["race", "same-value-writes"]),
    (nan_by_all, 1, 2, ["same-value-writes"]),
    (reads_by_many_blocks_and_then_a_write, 5, 2, RACE),
    (reads_by_two_blocks_and_a_write_of_the_second, 2, 1, RACE),
    (reads_by_many_and_a_write_of_one_of_them, 1, 4, RACE),
    (ends_early, 1, 4, ["ended-before-barrier"]),
]


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(
    ("kernel", "grid", "block", "expected"), EXAMPLES, ids=[getattr(e[0], "__name__", "") for e in EXAMPLES]
)
def test_a_verdict_is_the_same_in_every_order(kernel, grid, block, expected, order):
    found = kinds(kernel, grid, block, order)
    if "race" in expected:  # whether a note comes as well depends on who is first
        assert [kind for kind in found if kind != "same-value-writes"] == [
            kind for kind in expected if kind != "same-value-writes"
        ]
    else:
        assert found == expected


def test_what_was_handed_on_is_handed_on_again_but_only_in_the_order_in_which_it_was():
    assert kinds(handed_on_twice, 3, 1) == FINE
    assert kinds(handed_on_twice, 3, 1, "reverse") == RACE
    assert kinds(an_atomic_after_it_was_set, 2, 1) == FINE
    assert kinds(an_atomic_after_it_was_set, 2, 1, "reverse") == RACE


def test_what_was_learnt_before_a_barrier_is_handed_on_after_it():
    assert kinds(learnt_before_a_barrier_and_handed_on_after_it, 3, 2) == FINE


def test_the_two_that_are_named_are_two_that_race():
    """Thread 32 writes the same value as the last block; it is the atomic in between that makes it a race."""

    def kernel(a):
        if cuda.threadIdx.x == 32:
            a[0] = 1
        cuda.syncthreads()
        if cuda.grid(1) == 1:
            cuda.atomic.add(a, 0, 1)

    (race,) = launch(kernel, 2, 33, np.zeros(1)).faults
    assert (race.thread, race.action) == ((32, 0, 0), "wrote")
    assert race.other is not None and (race.other.thread, race.other.action) == ((1, 0, 0), "updated")


def test_thousands_of_readers_do_not_hide_the_one_that_races():
    def kernel(a, count):
        i = cuda.grid(1)
        a[0] + a[1]
        if cuda.blockIdx.x < cuda.gridDim.x - 2:  # all blocks but the last two report that they are done
            cuda.syncthreads()
            if cuda.threadIdx.x == 0:
                cuda.threadfence()
                cuda.atomic.add(count, 0, 1)
        elif i == cuda.gridDim.x * cuda.blockDim.x - 1:
            cuda.atomic.add(count, 0, 1)
            a[0] = 1

    trace = launch(kernel, 7, 1024, np.zeros(2), np.zeros(1), record=False)
    (race,) = trace.faults
    assert race.kind == "race" and race.other.block == (5, 0, 0)


# Barriers


def at_two_lines(a):
    if cuda.threadIdx.x == 0:
        cuda.syncthreads()
    else:
        cuda.syncthreads()


def meet() -> None:
    cuda.syncthreads()


def through_two_calls(a):
    if cuda.threadIdx.x == 0:
        meet()
    else:
        meet()


def through_one_call(a):
    for _ in range(2):
        meet()


def two_calls_on_one_line(a):
    cuda.syncthreads() if cuda.threadIdx.x else cuda.syncthreads()  # noqa: RUF034


def as_often_as_my_number(a):
    for _ in range(cuda.threadIdx.x):
        cuda.syncthreads()


def as_often_as_my_number_and_then_once_more(a):
    for _ in range(cuda.threadIdx.x):
        cuda.syncthreads()
    cuda.syncthreads()


def of_two_kinds(a):
    if cuda.threadIdx.x == 0:
        cuda.syncthreads()
    else:
        cuda.syncthreads_count(1)


@pytest.mark.parametrize(
    ("kernel", "expected"),
    [
        (at_two_lines, ["divergent-barrier"]),
        (through_two_calls, ["divergent-barrier"]),
        (through_one_call, []),
        (two_calls_on_one_line, ["divergent-barrier"]),
        (as_often_as_my_number, ["ended-before-barrier"]),
        (as_often_as_my_number_and_then_once_more, ["divergent-barrier", "ended-before-barrier"]),
        (of_two_kinds, ["divergent-barrier"]),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_threads_have_to_meet_at_one_barrier(kernel, expected: list[str]):
    assert kinds(kernel, 1, 4) == expected


def test_divergent_barriers_within_one_function_name_both_ways_there():
    trace = launch(through_two_calls, 1, 2, np.zeros(1))
    (fault,) = trace.faults
    assert fault.message == "thread 0 of block 0 and thread 1 of block 0 wait at different barriers"
    assert fault.source == fault.other.source == "cuda.syncthreads()"


def test_a_thread_that_ended_counts_as_having_arrived():
    def kernel(a):
        tile = cuda.shared.array(4, numba.int32)
        i = cuda.threadIdx.x
        tile[i] = i
        if i == 3:
            return
        cuda.syncthreads()
        a[i] = tile[i + 1]

    a = np.zeros(3)
    trace = launch(kernel, 1, 4, a)
    assert not trace.faults
    (note,) = trace.notes
    assert note.kind == "ended-before-barrier" and "thread 3 of block 0 never reached" in note.message
    assert a.tolist() == [1, 2, 3]


def test_a_barrier_is_the_same_one_before_and_after_the_interpreter_has_specialised_the_call():
    """CPython replaces a call's instruction after some runs of it, in the middle of a block."""

    def kernel(a):
        cuda.syncthreads()
        meet()
        for _ in range(3):
            cuda.syncthreads_count(1)
        a[cuda.grid(1)] = 1

    for record in (True, False):
        for _ in range(20):
            trace = launch(kernel, 2, 50, np.zeros(100), record=record)
            assert not trace.faults and not trace.notes


def test_a_shared_array_is_the_same_one_before_and_after_the_interpreter_has_specialised_the_call():
    def kernel(a):
        i = cuda.threadIdx.x
        for turn in range(40):
            tile = cuda.shared.array(8, numba.int64)
            tile[i] = turn
        cuda.syncthreads()
        a[i] = tile[7 - i]

    for record in (True, False):
        a = np.zeros(8)
        assert not launch(kernel, 1, 8, a, record=record).faults
        assert a.tolist() == [39] * 8
