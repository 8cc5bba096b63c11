"""What a replay knows: the state of memory and of threads at every step of a run."""

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import cuda
from runs import add_ten, all_kinds, arange, blank, block_sum, run

from minigrad.draw.replay import Replay
from minigrad.draw.steps import Memory

pytestmark = pytest.mark.on_one_python

RUNS = all_kinds()


def same(one, other) -> bool:
    return one == other or (one != one and other != other)


@pytest.mark.parametrize("name", RUNS)
def test_after_the_last_event_memory_is_what_the_run_left(name: str):
    replay = Replay(RUNS[name])
    for array, after in RUNS[name].after.items():
        if isinstance(after, np.ndarray):
            found = replay.array(len(replay.steps) - 1, Memory("global", array))
            assert found.shape == after.shape
            for index, value in np.ndenumerate(found):
                assert value is None or same(value, after[index]), (array, index)


@given(size=st.integers(0, 20), blocks=st.integers(1, 3), order=st.one_of(st.just("reverse"), st.integers(0, 99)))
@settings(deadline=None, max_examples=30)
def test_each_step_reads_what_stood_there_and_changes_one_cell_at_most(size: int, blocks: int, order):
    replay = Replay(run(block_sum, blocks, 8, blank(blocks), arange(size), size, order=order))
    for number, step in enumerate(replay.steps):
        if step.memory is None:
            continue
        before = replay.value(max(number - 1, 0), step.memory, step.index)
        now = replay.value(number, step.memory, step.index)
        assert now == step.value
        assert step.kind != "read" or before == now
    last = len(replay.steps) - 1
    assert replay.array(last, Memory("global", "out")).tolist() == replay.run.after["out"].tolist()


def test_an_output_holds_nothing_until_it_is_written():
    replay = Replay(RUNS["right"])
    assert set(replay.array(0, Memory("global", "out"))) == {None}
    assert replay.array(0, Memory("global", "a")).tolist() == list(range(9))
    assert replay.array(2, Memory("global", "out")).tolist() == [10, *[None] * 8]


def test_shared_memory_is_a_blocks_own_and_begins_unwritten():
    replay = Replay(RUNS["tree"])
    first = replay.of((1, 0, 0))[1]
    own, other = (Memory("shared", "sums", (block, 0, 0)) for block in (1, 0))
    assert set(replay.array(first, own)) == {None}
    assert replay.value(first, other, (0,)) == 28


def test_a_step_is_an_access_a_meeting_at_a_barrier_or_the_start_or_the_end():
    replay = Replay(RUNS["tree"])
    assert replay.steps[0].kind == "start" and replay.steps[-1].kind == "end"
    meetings = [step for step in replay.steps if step.kind == "barrier"]
    assert [len(step.threads) for step in meetings] == [8] * 8  # two blocks, log2(8) + 1 barriers each
    assert all(step.thread is not None for step in replay.steps if step.memory)


def test_threads_that_are_done_wait_at_the_barrier_until_the_last_has_come():
    replay = Replay(RUNS["tree"])
    meeting = next(number for number, step in enumerate(replay.steps) if step.kind == "barrier")
    block = (0, 0, 0)
    assert replay.doing(0, block) == ("to come",) * 8
    assert replay.doing(meeting - 1, block) == (*["waiting"] * 7, "at work")
    assert replay.doing(meeting, block) == ("waiting",) * 8
    after = replay.doing(meeting + 1, block)
    assert after[0] == "at work" and set(after[1:4]) == {"running"}
    assert set(replay.doing(len(replay.steps) - 1, block)) == {"ended"}


def test_a_thread_that_the_guard_keeps_out_is_idle_throughout():
    replay = Replay(RUNS["right"])
    assert replay.doing(0, (2, 0, 0)) == ("to come", "idle", "idle", "idle")
    assert replay.doing(len(replay.steps) - 1, (2, 0, 0)) == ("ended", "idle", "idle", "idle")


def test_steps_can_be_those_of_a_block_or_of_a_thread():
    replay = Replay(RUNS["tree"])
    of_thread = [replay.steps[number] for number in replay.of((1, 0, 0), (3, 0, 0))]
    assert [step.kind for step in of_thread] == [
        *["start", "read", "write", "barrier"],
        *["read", "read", "write", "barrier"],
        *["barrier", "barrier", "end"],
    ]
    assert replay.of() == tuple(range(len(replay.steps)))
    both = set(replay.of((0, 0, 0))) | set(replay.of((1, 0, 0)))
    assert both == set(replay.of())


def test_an_access_outside_is_a_step_of_its_own_at_its_moment():
    replay = Replay(RUNS["outside"])
    last = [step for step in replay.steps if step.block == (2, 0, 0)]
    assert [(step.kind, step.threads[0][0]) for step in last] == [
        *[("read", 0), ("write", 0)],
        *[("fault", 1), ("fault", 1), ("fault", 2), ("fault", 2), ("fault", 3), ("fault", 3)],
    ]
    assert last[2].memory == Memory("global", "a") and last[2].index == (9,)
    assert last[2].line == last[0].line


@pytest.mark.parametrize(
    ("name", "kind", "at"),
    [
        ("unwritten", "uninitialised-read", "read"),
        ("race", "race", "write"),
        ("parting", "divergent-barrier", "barrier"),
    ],
)
def test_a_fault_of_an_access_belongs_to_the_step_of_that_access(name: str, kind: str, at: str):
    faulty = [step for step in Replay(RUNS[name]).steps if step.faults]
    assert faulty and {step.kind for step in faulty} == {at}
    assert {fault.kind for step in faulty for fault in step.faults} == {kind}


@pytest.mark.parametrize("name", RUNS)
def test_no_fault_is_left_out(name: str):
    trace = RUNS[name].trace
    shown = [fault for step in Replay(RUNS[name]).steps for fault in step.faults]
    assert shown == list(trace.faults if trace is not None else ())


def test_a_launch_that_is_given_up_ends_with_its_fault_and_its_threads_have_not_ended():
    replay = Replay(RUNS["hang"])
    assert replay.steps[-2].faults[0].kind == "hang"
    assert "ended" not in replay.doing(len(replay.steps) - 1, (0, 0, 0))


def test_a_kernel_that_raises_has_a_step_that_says_so():
    start, error, end = Replay(RUNS["raising"]).steps
    assert (start.kind, error.kind, end.kind) == ("start", "fault", "end")
    assert "TypeError" in error.error and error.line == RUNS["raising"].error_line


def test_a_local_array_is_a_threads_own():
    replay = Replay(RUNS["local"])
    last = len(replay.steps) - 1
    values = [replay.array(last, Memory("local", "mine", (0, 0, 0), (t, 0, 0))).tolist() for t in range(3)]
    assert values == [[0, 1], [1, 2], [2, 0]]


def test_of_a_kernel_for_the_processor_loops_are_blocks_and_iterations_are_threads():
    replay = Replay(RUNS["loops"])
    assert replay.blocks == ((1, 0, 0),)
    assert replay.threads((1, 0, 0)) == tuple((i, 0, 0) for i in range(4))


def test_the_focus_of_an_array_is_where_it_was_touched_last():
    replay = Replay(RUNS["right"])
    numbers = [number for number, step in enumerate(replay.steps) if step.memory == Memory("global", "out")]
    assert replay.focus(0, Memory("global", "out")) == (0,)
    assert replay.focus(numbers[5], Memory("global", "out")) == (5,)
    assert replay.focus(numbers[5] + 1, Memory("global", "out")) == (5,)
    assert replay.focus(0, Memory("global", "nobody")) is None


def test_two_shared_arrays_without_a_name_do_no_harm():
    def kernel(out, a):
        one = [cuda.shared.array(2, numba.float32), cuda.shared.array((2, 2), numba.float32)]
        one[0][1] = a[0]
        one[1][0, 1] = a[1]
        out[0] = one[0][1]

    replay = Replay(run(kernel, 1, 1, blank(1), arange(2)))
    assert [replay.array(len(replay.steps) - 1, memory) is not None for memory in replay.touched]


def test_a_launch_may_have_more_blocks_than_do_anything():
    replay = Replay(run(add_ten, 50, 2, blank(3), arange(3), 3))
    assert replay.blocks == ((0, 0, 0), (1, 0, 0))
