"""Who did what between which barriers: a launch's events, sorted for a picture.

A block's *phases* are the stretches between its barriers: phase 0 lasts until the first, and a thread is in phase n
once it has arrived at n of them. A :class:`Phase` has what each thread of the block touched, and a :class:`Memory`
what stood where when it began. Local arrays are left out: only their own thread sees them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from minigrad.draw.run import Index, Run
from minigrad.draw.steps import Dim3
from minigrad.simulator import Fault, Trace


@dataclass(frozen=True)
class Touch:
    """One thread's access to one cell, however often it came back: ``verb`` as in an event."""

    thread: Dim3
    verb: str
    array: str
    index: Index


@dataclass
class Memory:
    """What stands where at one moment. Cells that nobody wrote hold what they held before the launch, if anything."""

    run: Run
    written: Mapping[str, Mapping[Index, Any]]

    def value(self, array: str, index: Index) -> Any:
        """What a cell holds; None if nobody wrote it."""
        changed = self.written.get(array, {})
        if index in changed:
            return changed[index]
        before = self.run.before.get(array)
        if not isinstance(before, np.ndarray) or array in self.run.unwritten or not exists(index, before.shape):
            return None
        return before[index]


@dataclass
class Phase:
    """What the threads of a block did between two barriers.

    ``faults`` are those in which a thread of the block had a part, with that thread; ``start`` and ``end`` are the
    memory around it all.
    """

    touches: dict[Touch, None] = field(default_factory=dict)
    faults: list[tuple[Dim3 | None, Fault]] = field(default_factory=list)
    start: Memory | None = None
    end: Memory | None = None

    def arrays(self, verbs: Iterable[str]) -> list[str]:
        """The arrays that were touched in this way, in order of appearance."""
        wanted = set(verbs)
        return list(dict.fromkeys(touch.array for touch in self.touches if touch.verb in wanted))


READS = ("read", "atomic")
WRITES = ("write", "atomic")
TOUCHES = ("read", "write", "atomic")


def exists(index: Index, shape: Index) -> bool:
    """Whether an array of this shape has this element."""
    return len(index) == len(shape) and all(0 <= i < size for i, size in zip(index, shape, strict=True))


def shape_of(run: Run, array: str) -> Index:
    """The shape of an argument, or of an array that the kernel made."""
    given = run.before.get(array)
    return given.shape if isinstance(given, np.ndarray) else run.shapes.get(array, ())


def phases_of(run: Run, trace: Trace) -> dict[Dim3, list[Phase]]:
    """Each block's phases, for the blocks in which something was touched or went wrong."""
    blocks: dict[Dim3, list[Phase]] = {}
    arrived: dict[tuple[Dim3, Dim3], int] = {}
    shared: dict[Dim3, dict[str, dict[Index, Any]]] = {}
    everywhere: dict[str, dict[Index, Any]] = {}

    def memory(block: Dim3) -> Memory:
        now = {**everywhere, **shared.get(block, {})}
        return Memory(run, {name: dict(cells) for name, cells in now.items()})

    def phase_of(block: Dim3, thread: Dim3) -> Phase:
        number = arrived.get((block, thread), 0)
        phases = blocks.setdefault(block, [])
        while len(phases) <= number:
            if phases and phases[-1].end is None:
                phases[-1].end = memory(block)
            phases.append(Phase(start=memory(block)))
        return phases[number]

    caught: dict[int, list[Fault]] = {}
    for fault, position in zip(trace.faults, trace.fault_events, strict=False):
        caught.setdefault(position, []).append(fault)

    def blame(faults: Iterable[Fault]) -> None:
        for fault in faults:
            if fault.block is None:
                continue
            phase_of(fault.block, fault.thread or (0, 0, 0)).faults.append((fault.thread, fault))
            if fault.other is not None:
                other = fault.other
                phase = _where_touched(blocks.get(other.block, ()), other.thread, fault)
                if phase is not None:
                    phase.faults.append((other.thread, fault))

    last: Dim3 | None = None
    for position, event in enumerate(trace.events):
        blame(caught.get(position, ()))
        if last is not None and event.block != last:
            _close(blocks, last, memory)
        last = event.block
        if event.verb == "barrier":
            phase_of(event.block, event.thread)
            arrived[event.block, event.thread] = arrived.get((event.block, event.thread), 0) + 1
            continue
        if event.space == "local" or event.index is None:
            continue
        phase = phase_of(event.block, event.thread)
        phase.touches[Touch(event.thread, event.verb, event.array, event.index)] = None
        if event.verb != "read":
            kept = everywhere if event.space == "global" else shared.setdefault(event.block, {})
            kept.setdefault(event.array, {})[event.index] = event.value
    if last is not None:
        _close(blocks, last, memory)
    blame(fault for position, faults in caught.items() if position >= len(trace.events) for fault in faults)
    for block, phases in blocks.items():
        for phase in phases:
            phase.start = phase.start or memory(block)
            phase.end = phase.end or memory(block)
    return dict(sorted(blocks.items(), key=lambda item: item[0][::-1]))


def _where_touched(phases: Iterable[Phase], thread: Dim3, fault: Fault) -> Phase | None:
    """The last phase in which the other thread touched the cell of a fault."""
    found = None
    for phase in phases:
        for touch in phase.touches:
            if (touch.thread, touch.array, touch.index) == (thread, fault.array, fault.index):
                found = phase
    return found


def _close(blocks: dict[Dim3, list[Phase]], block: Dim3, memory: Any) -> None:
    """The block has run to its end, or waits while another runs."""
    if blocks.get(block):
        blocks[block][-1].end = memory(block)
