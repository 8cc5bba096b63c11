"""Races found the slow way: every pair of accesses is looked at, and all that happens before each is written down.

A program is drawn at random, run by a kernel that does its steps and notes down the order in which they were done; from
that order alone ``judge`` works out, by transitive closure over all steps, which pairs nothing orders. It shares no
code and no data structure with the simulator.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any, NamedTuple

import numba
from hypothesis import strategies as st
from numba import cuda

CELLS = 4
"""Of global memory, and as many of each block's shared memory. The latter half is for handing on, mostly."""


class Step(NamedTuple):
    """``verb`` is what to do, ``space`` and ``cell`` where; ``value`` is what to write, or a mask of lanes."""

    verb: str
    space: str = ""
    cell: int = 0
    value: int = 0


@dataclass
class Program:
    """For each block, for each of its threads, what it does from its beginning to its end."""

    grid: int
    block: int
    steps: list[list[list[Step]]]
    done: list[tuple[int, int, int]] = field(default_factory=list)
    """Block, thread and number of every step in the order in which they were begun; waiting steps again when over."""

    def kernel(self) -> Callable[[Any], None]:
        """A kernel over ``cells``, in global memory."""
        steps, done = self.steps, self.done

        def kernel(cells):
            tile = cuda.shared.array(CELLS, numba.int32)
            block, thread = cuda.blockIdx.x, cuda.threadIdx.x
            number = 0
            for verb, space, cell, value in steps[block][thread]:
                array = tile if space == "shared" else cells
                done.append((block, thread, number))
                if verb == "read":
                    array[cell]
                elif verb == "write":
                    array[cell] = value
                elif verb == "atomic":
                    cuda.atomic.add(array, cell, 1)
                elif verb == "fence":
                    cuda.threadfence()
                elif verb == "fence of the block":
                    cuda.threadfence_block()
                else:
                    if verb == "barrier":
                        cuda.syncthreads()
                    elif verb == "syncwarp":
                        cuda.syncwarp(value)
                    else:
                        cuda.shfl_xor_sync(value, cell, 0)
                    done.append((block, thread, number))
                number += 1
            done.append((block, thread, number))

        return kernel

    def step(self, event: Event) -> Step:
        """The step that was done."""
        block, thread, number = event
        return self.steps[block][thread][number]

    def __repr__(self) -> str:
        lines = [f"{self.grid} blocks of {self.block}"]
        for block, threads in enumerate(self.steps):
            for thread, steps in enumerate(threads):
                if steps:
                    lines.append(f"  block {block} thread {thread}: {', '.join(map(_written, steps))}")
        return "\n".join(lines)


def _written(step: Step) -> str:
    if step.space:
        return f"{step.verb} {step.space}[{step.cell}]" + (f" = {step.value}" if step.verb == "write" else "")
    return step.verb + (f" {step.value:#x}" if step.value else "")


Cell = tuple[str, int, int]
"""Space, block (0 for global memory) and position."""

Event = tuple[int, int, int]
"""Block, thread, and number of its step."""


@dataclass
class Judgement:
    """The cells over which two threads race, with every pair of (block, thread) that does; likewise for notes."""

    races: dict[Cell, set[frozenset[tuple[int, int]]]]
    notes: dict[Cell, set[frozenset[tuple[int, int]]]]


def judge(program: Program) -> Judgement:
    """What is wrong with the program, from the order in which its steps were done."""
    past: dict[Event, frozenset[Event]] = {}  # all that happens before the end of a step, itself included
    known: dict[tuple[int, int], frozenset[Event]] = defaultdict(frozenset)  # the same, up to a thread's latest step
    arrived: dict[Any, frozenset[Event]] = defaultdict(frozenset)  # by meeting: what those who wait for it knew
    released: dict[Any, frozenset[Event]] = {}
    meeting_of: dict[Event, Any] = {}
    meetings: dict[Any, int] = defaultdict(int)
    ended: set[tuple[int, int]] = set()
    cells: dict[Cell, list[Event]] = defaultdict(list)

    for event in program.done:
        block, thread, number = event
        if number == len(program.steps[block][thread]):
            ended.add((block, thread))
            continue
        step = program.step(event)
        before = known[block, thread]
        if step.verb in ("barrier", "syncwarp"):
            if event not in meeting_of:
                meetings[block, thread, step] += 1
                warp = thread // 32 if step.verb == "syncwarp" else None
                meeting = meeting_of[event] = (block, warp, step, meetings[block, thread, step])
                arrived[meeting] |= before
                continue
            meeting = meeting_of[event]
            if meeting not in released:  # a thread that has ended has arrived
                named = {(block, other) for other in range(program.block) if _is_named(other, thread, step)}
                released[meeting] = arrived[meeting].union(*(known[other] for other in named & ended))
            before |= released[meeting]
        elif step.verb == "atomic":
            for earlier in cells[_cell(step, block)]:
                if program.step(earlier).verb == "atomic" and earlier[:2] != event[:2]:
                    for fence in past[earlier]:
                        verb = program.step(fence).verb
                        if verb == "fence" or (verb == "fence of the block" and fence[0] == block):
                            before |= past[fence]
        past[event] = known[block, thread] = before | {event}
        if step.space:
            cells[_cell(step, block)].append(event)
    return _judgement(program, cells, past)


def _is_named(other: int, thread: int, step: Step) -> bool:
    return step.verb == "barrier" or (other // 32 == thread // 32 and bool(step.value >> other % 32 & 1))


def _cell(step: Step, block: int) -> Cell:
    return step.space, block if step.space == "shared" else 0, step.cell


def _judgement(program: Program, cells: dict[Cell, list[Event]], past: dict[Event, frozenset[Event]]) -> Judgement:
    judgement = Judgement(defaultdict(set), defaultdict(set))
    for cell, events in cells.items():
        for one, two in combinations(events, 2):
            verbs = {program.step(one).verb, program.step(two).verb}
            if one[:2] == two[:2] or one in past[two] or verbs in ({"read"}, {"atomic"}):
                continue
            if program.step(one).verb == "atomic":  # atomics on one cell come one after another
                later = events[events.index(one) + 1 :]
                if any(program.step(each).verb == "atomic" and each in past[two] for each in later):
                    continue
            same = verbs == {"write"} and program.step(one).value == program.step(two).value
            kind = judgement.notes if same else judgement.races
            kind[cell].add(frozenset([one[:2], two[:2]]))
    return judgement


@st.composite
def programs(draw: Any, *, plain: bool = False) -> Program:
    """Programs in which whoever is waited for comes: all threads of a block go through the same meetings, or end.

    Plain ones have only reads, writes and barriers, and no thread ends early.
    """
    shapes = [(1, 3, (0, 1, 2)), (2, 2, (0, 1)), (3, 1, (0,))] + [(2, 34, (0, 1, 32))] * (not plain)
    grid, block, active = draw(st.sampled_from(shapes))
    return Program(grid, block, [_threads(draw, block, active, plain) for _ in range(grid)])


def _threads(draw: Any, block: int, active: tuple[int, ...], plain: bool) -> list[list[Step]]:
    """The steps of the threads of one block; those that are not active have none."""
    threads: list[list[Step]] = [[] for _ in range(block)]
    live = set(active)
    for _ in range(draw(st.integers(1, 4))):
        for thread in sorted(live):
            for steps in draw(st.lists(_PLAIN_STEPS if plain else _STEPS, max_size=1 if plain else 2)):
                threads[thread] += steps
        live -= draw(st.just(set()) if plain else st.sampled_from([set(), set(), set(), {0}, {1}]))
        meetings = [None, "barrier"] if plain else [None, "barrier", "barrier", "syncwarp", "shuffle"]
        meeting = draw(st.sampled_from(meetings))
        if meeting == "barrier":
            meant = set(live)
        elif meeting is not None:
            lanes = draw(st.sampled_from([{0, 1}, {0, 2}, {0, 1, 2}, set(range(32))]))
            meant = {thread for thread in live if thread % 32 in lanes}
        for thread in sorted(meant if meeting is not None else ()):
            mask = 0 if meeting == "barrier" else sum(1 << lane for lane in lanes)
            threads[thread].append(Step(str(meeting), value=mask))
    return threads


_SPACES = st.sampled_from(["global", "global", "shared"])
_ANY_CELL = st.integers(0, CELLS - 1)
_DATA = st.integers(0, CELLS // 2 - 1)
_FLAGS = st.integers(CELLS // 2, CELLS - 1)
_WRITE = st.builds(Step, st.just("write"), _SPACES, _DATA, st.integers(1, 2))
_READ = st.builds(Step, st.just("read"), _SPACES, _DATA)
_SIGNAL = st.builds(Step, st.just("atomic"), _SPACES, _FLAGS)
_FENCE = st.sampled_from([Step("fence"), Step("fence"), Step("fence of the block")])
_ANYTHING = st.builds(
    Step, st.sampled_from(["read", "atomic", "write"]), _SPACES, st.integers(0, CELLS - 1), st.just(1)
)
_PLAIN_STEPS = st.one_of(
    st.tuples(st.builds(Step, st.just("write"), _SPACES, _ANY_CELL, st.integers(1, 2))),
    st.tuples(st.builds(Step, st.just("read"), _SPACES, _ANY_CELL)),
)
_STEPS = st.one_of(
    st.tuples(_WRITE),
    st.tuples(_READ),
    st.tuples(_FENCE),
    st.tuples(_SIGNAL),
    st.tuples(_ANYTHING),
    st.tuples(_WRITE, _FENCE, _SIGNAL),
    st.tuples(_FENCE, _SIGNAL),
    st.tuples(_SIGNAL, _READ),
    st.tuples(_SIGNAL, _FENCE, _SIGNAL),
)
