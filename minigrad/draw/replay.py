"""The state at every step of a run: what stands in memory, and what each thread is doing.

:class:`Replay` can be asked about any step, in any order. It draws nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from math import prod
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from minigrad.draw.run import Index, Run
from minigrad.draw.steps import Dim3, Memory, Step, steps_of
from minigrad.simulator import ParallelTrace
from minigrad.simulator.arrays import index_of_cell

MOST_THREADS = 1024
"""So many threads a block has at most; a launch that asks for more never ran."""

Doing = Literal["idle", "to come", "running", "at work", "waiting", "ended"]
"""What a thread is doing: it does nothing in the whole run; it has not begun; it is between two accesses; the step is
its own; it waits at a barrier; it has ended."""


@dataclass
class _Cell:
    """What was written to one cell, and after how many events."""

    events: list[int] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)
    steps: list[int] = field(default_factory=list)


class Replay:
    """Every step of a run, and the state at each."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.steps: tuple[Step, ...] = tuple(steps_of(run))
        self._cells: dict[Memory, dict[Index, _Cell]] = {}
        self._touched: dict[Memory, tuple[list[int], list[Index]]] = {}
        self._own: dict[Dim3, dict[Dim3, list[int]]] = {}
        for number, step in enumerate(self.steps):
            self._remember(number, step)

    def _remember(self, number: int, step: Step) -> None:
        if step.block is not None:
            own = self._own.setdefault(step.block, {})
            for thread in step.threads:
                own.setdefault(thread, []).append(number)
        if step.memory is None or step.index is None:
            return
        numbers, indices = self._touched.setdefault(step.memory, ([], []))
        numbers.append(number)
        indices.append(step.index)
        if step.kind in ("write", "atomic"):
            cell = self._cells.setdefault(step.memory, {}).setdefault(step.index, _Cell())
            cell.events.append(step.events)
            cell.values.append(step.value)
            cell.steps.append(number)

    # Who

    @cached_property
    def blocks(self) -> tuple[Dim3, ...]:
        """The blocks (of a kernel for the processor: the parallel loops) in which anything happened, by number."""
        return tuple(sorted(self._own, key=_number)) or ((0, 0, 0),)

    def threads(self, block: Dim3) -> tuple[Dim3, ...]:
        """The threads of a block, x fastest; of a parallel loop, the iterations that touched anything."""
        if isinstance(self.run.trace, ParallelTrace):
            return tuple(sorted(self._own.get(block, {})))
        return self._all_threads

    @cached_property
    def _all_threads(self) -> tuple[Dim3, ...]:
        shape = self.run.trace.block if self.run.trace is not None else (0, 0, 0)
        count = prod(shape)
        if not 0 < count <= MOST_THREADS:
            return ()
        return tuple(_unravelled(number, shape) for number in range(count))

    def of(self, block: Dim3 | None = None, thread: Dim3 | None = None) -> tuple[int, ...]:
        """The numbers of the steps of one block or one thread, or of both; with the start and the end of the run."""
        return tuple(
            number
            for number, step in enumerate(self.steps)
            if step.kind in ("start", "end")
            or step.block is None
            or ((block is None or step.block == block) and (thread is None or thread in step.threads))
        )

    def doing(self, number: int, block: Dim3) -> tuple[Doing, ...]:
        """What each thread of a block is doing at a step, in the order of ``threads``."""
        own = self._own.get(block, {})
        return tuple(self._doing(number, own.get(thread)) for thread in self.threads(block))

    def _doing(self, number: int, own: list[int] | None) -> Doing:
        if not own:
            return "idle"
        past = bisect_right(own, number)
        if not past:
            return "to come"
        if own[past - 1] == number:
            return "waiting" if self.steps[number].kind == "barrier" else "at work"
        if past == len(own):
            return "ended" if self._is_complete or self.steps[own[-1]].block != self._last_block else "running"
        return "waiting" if self.steps[own[past]].kind == "barrier" else "running"

    @cached_property
    def _is_complete(self) -> bool:
        return self.run.trace is not None and self.run.trace.complete

    @cached_property
    def _last_block(self) -> Dim3 | None:
        """The block that ran last: where a launch was given up, its threads never ended."""
        return next((step.block for step in reversed(self.steps) if step.block is not None), None)

    # What stands where

    @cached_property
    def touched(self) -> tuple[Memory, ...]:
        """Every array that an event touched, in the order in which they first were."""
        return tuple(self._touched)

    def shape(self, memory: Memory) -> Index:
        """An array's shape; at least as much as was touched of it."""
        given = self.run.before.get(memory.name) if memory.space == "global" else None
        shape = given.shape if isinstance(given, np.ndarray) else self.run.shapes.get(memory.name)
        used = self._largest.get((memory.space, memory.name))
        if shape is None or (used is not None and (len(used) != len(shape))):
            return tuple(each + 1 for each in used or ())
        if used is None:
            return tuple(shape)
        return tuple(max(extent, each + 1) for extent, each in zip(shape, used, strict=True))

    @cached_property
    def _largest(self) -> Mapping[tuple[str, str], Index]:
        """Of the arrays of each name, the largest index along each dimension that an event has."""
        largest: dict[tuple[str, str], Index] = {}
        for step in self.steps:
            if step.memory is None or step.index is None or step.kind == "fault":
                continue
            key = (step.memory.space, step.memory.name)
            known = largest.get(key)
            if known is None or len(known) != len(step.index):
                largest[key] = step.index
            else:
                largest[key] = tuple(map(max, known, step.index))
        return largest

    def value(self, number: int, memory: Memory, index: Index) -> Any:
        """What stands in a cell at a step, after what the step did; None where nobody has written."""
        cell = self._cells.get(memory, {}).get(index)
        if cell is not None:
            past = bisect_right(cell.events, self.steps[number].events)
            if past:
                return cell.values[past - 1]
        return self._before(memory, index)

    def _before(self, memory: Memory, index: Index) -> Any:
        if memory.space != "global" or memory.name in self.run.unwritten:
            return None
        array = self.run.before.get(memory.name)
        if not isinstance(array, np.ndarray) or len(index) != array.ndim:
            return None
        return array[index] if all(map(int.__lt__, index, array.shape)) else None

    def writer(self, number: int, memory: Memory, index: Index) -> Step | None:
        """The step that wrote what stands in a cell at a step; None if it was there before, or nothing is."""
        cell = self._cells.get(memory, {}).get(index)
        past = bisect_right(cell.events, self.steps[number].events) if cell is not None else 0
        return self.steps[cell.steps[past - 1]] if cell is not None and past else None

    def focus(self, number: int, memory: Memory) -> Index | None:
        """The element of an array that was touched last at a step, or that will be first; None if none ever is."""
        numbers, indices = self._touched.get(memory, ([], []))
        past = bisect_right(numbers, number)
        return indices[max(past - 1, 0)] if indices else None

    def array(self, number: int, memory: Memory) -> npt.NDArray[Any]:
        """A whole array at a step, as objects: None where nobody has written."""
        found = np.full(self.shape(memory), None, dtype=object)
        for index in np.ndindex(found.shape):
            found[index] = self.value(number, memory, index)
        return found

    def values_of(self, memory: Memory) -> Iterator[Any]:
        """Every value that was ever written to an array."""
        for cell in self._cells.get(memory, {}).values():
            yield from cell.values


def _number(block: Dim3) -> Dim3:
    return block[2], block[1], block[0]


def _unravelled(number: int, shape: Dim3) -> Dim3:
    z, y, x = index_of_cell(number, (shape[2], shape[1], shape[0]))
    return x, y, z
