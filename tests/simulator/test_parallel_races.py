"""Races of parallel loops against brute force: every two accesses of drawn kernels compared with one another."""

import itertools
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numba import prange
from share import examples

from minigrad.simulator import launch_parallel

READ, WRITE, ADD = range(3)
CELLS = 3

# A kernel is drawn as a table: what each iteration of each loop does, and what is done before each loop. One step is
# (what, array, cell, value).
Step = tuple[int, int, int, int]
Loop = tuple[list[Step], list[list[Step]]]

steps = st.lists(
    st.tuples(st.sampled_from([READ, WRITE, ADD]), st.integers(0, 1), st.integers(0, CELLS - 1), st.integers(0, 1)),
    max_size=3,
)
loops = st.tuples(steps, st.lists(steps, max_size=4))
kernels = st.lists(loops, max_size=3)


def follow(out, begins, what, which, cell, value):
    """Do what the table says: ``begins`` has where the steps of each loop, and of each of its iterations, begin."""
    scratch = np.ones(3)
    count = 0
    for loop in range(begins.shape[0]):
        for k in range(begins[loop, 0], begins[loop, 1]):
            array = out if which[k] == 0 else scratch
            if what[k] == 0:
                count += array[cell[k]]
            elif what[k] == 1:
                array[cell[k]] = value[k]
            else:
                array[cell[k]] += value[k]
        for i in prange(begins.shape[1] - 2):
            for k in range(begins[loop, i + 1], begins[loop, i + 2]):
                array = out if which[k] == 0 else scratch
                if what[k] == 0:
                    count += array[cell[k]]
                elif what[k] == 1:
                    array[cell[k]] = value[k]
                else:
                    array[cell[k]] += value[k]


def table(kernel: list[Loop]) -> list[np.ndarray]:
    """The arguments of ``follow`` but for the output."""
    width = max((len(iterations) for _, iterations in kernel), default=0)
    flat: list[Step] = []
    begins = np.zeros((len(kernel), width + 2), dtype=np.int64)
    for row, (before, iterations) in enumerate(kernel):
        begins[row, 0] = len(flat)
        flat += before
        for i in range(width):
            begins[row, i + 1] = len(flat)
            flat += iterations[i] if i < len(iterations) else []
        begins[row, width + 1] = len(flat)
    return [begins, *(np.array([step[part] for step in flat], dtype=np.int64) for part in range(4))]


def by_brute_force(kernel: list[Loop], order: str) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """The cells that race, and those to which several iterations write one and the same value."""
    values = defaultdict(lambda: 1.0)
    races, same = set(), set()
    for before, iterations in kernel:
        for step in before:
            perform(values, step)
        done: dict[tuple[int, int], list[tuple[int, bool, float]]] = defaultdict(list)
        numbered = list(enumerate(iterations))
        for i, mine in numbered if order == "forward" else numbered[::-1]:
            for step in mine:
                cell = step[1:3]
                if step[0] != WRITE:
                    done[cell].append((i, False, 0.0))
                if step[0] != READ:
                    done[cell].append((i, True, perform(values, step)))
        for cell, accesses in done.items():
            for one, other in itertools.combinations(accesses, 2):
                if one[0] != other[0] and (one[1] or other[1]):
                    (same if one[1] and other[1] and one[2] == other[2] else races).add(cell)
    return races, same


def perform(values: dict[tuple[int, int], float], step: Step) -> float:
    what, array, cell, value = step
    if what != READ:
        values[array, cell] = value + (values[array, cell] if what == ADD else 0)
    return values[array, cell]


@settings(max_examples=examples(300), deadline=None, database=None)
@given(kernels, st.sampled_from(["forward", "reverse"]))
def test_races_are_those_that_brute_force_finds(kernel, order):
    out = np.ones(CELLS)
    trace = launch_parallel(follow, out, *table(kernel), order=order)
    races, same = by_brute_force(kernel, order)
    numbers = {"out": 0, "scratch": 1}
    assert {(numbers[fault.array], *fault.index) for fault in trace.faults} == races
    noted = {(numbers[note.array], *note.index) for note in trace.notes}
    assert noted <= same  # what is noted is so,
    assert same <= noted | races  # and it is noted of all cells that have no worse
    for each in (*trace.faults, *trace.notes):
        assert each.thread != each.other.thread
    if not races:
        mixed = np.ones(CELLS)
        launch_parallel(follow, mixed, *table(kernel), order=1)
        np.testing.assert_array_equal(out, mixed)


def test_each_loop_is_judged_by_itself():
    changes_its_mind = ([], [[(WRITE, 0, 0, 0), (WRITE, 0, 0, 1)]])
    same_value = ([], [[(WRITE, 0, 0, 1)], [(WRITE, 0, 0, 1)]])
    trace = launch_parallel(follow, np.ones(CELLS), *table([changes_its_mind, same_value]))
    assert not trace.faults
    assert [note.kind for note in trace.notes] == ["same-value-writes"]


@pytest.mark.parametrize("record", [True, False])
def test_whether_a_race_is_found_does_not_depend_on_recording_or_order(record):
    kernel: list[Loop] = [([], [[(READ, 0, 0, 0)], [(READ, 0, 0, 0)], [(WRITE, 0, 0, 2)]])]
    for order in ("forward", "reverse", 0, 1, 2, 3):
        trace = launch_parallel(follow, np.ones(CELLS), *table(kernel), order=order, record=record)
        (fault,) = trace.faults
        assert 2 in (fault.thread[0], fault.other.thread[0])
