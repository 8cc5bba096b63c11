"""One block of a launch: what its picture is made of, whichever way it is laid out.

A :class:`Panel` knows who touched which cell between which barriers, what of it is shown, and how a cell, a thread and
an arrow look. How they stand to one another is for ``panel_rows`` and ``panel_planes``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import drawsvg
import numpy as np

from minigrad.draw.cells import Cell, cell_row, number, window
from minigrad.draw.figure import EMPTY, Figure, Place, column, framed, row, short, text
from minigrad.draw.look import THREAD_COLOURS
from minigrad.draw.phases import READS, TOUCHES, WRITES, Memory, Phase, Touch, exists
from minigrad.draw.run import Array, Index, Run
from minigrad.draw.steps import Dim3

SMALL = 6
"""So long a table of numbers may be that many threads look things up in."""

PHASES = 8
"""So many stretches between barriers are shown."""

BARRIER = Figure(1, 1)
"""Stands among the parts of a panel where a barrier is."""


@dataclass
class Panel(ABC):
    """A block's picture in the making. It is ``alone`` where the launch has no other block."""

    run: Run
    block: Dim3
    phases: Sequence[Phase]
    threads: Dim3
    alone: bool = False

    def figure(self) -> Figure:
        """The panel."""
        word = "loop" if self.run.loops else "block"
        position = (
            self.block if self.threads[2] > 1 or self.block[2] else self.block[:2] if self._is_plane else self.block[:1]
        )
        place = str(position[0]) if len(position) == 1 else str(tuple(position))
        return framed(self._body(), "" if self.alone and not self.run.loops else f"{word} {place}")

    @abstractmethod
    def _body(self) -> Figure:
        """Everything within the frame."""

    @cached_property
    def _is_plane(self) -> bool:
        return self.threads[1] > 1 or self.threads[2] > 1 or any(self.block[1:])

    @property
    def _workers(self) -> str:
        return "iterations" if self.run.loops else "threads"

    @cached_property
    def _focus(self) -> list[Dim3]:
        """The threads that matter most."""
        faulty = [thread for phase in self.phases for thread, _ in phase.faults]
        found = [each for each in dict.fromkeys(faulty) if each is not None][:3]
        if found:
            return found
        wrong = {(name, index) for name, indices in self.run.wrong.items() for index in indices}
        for phase in self.phases:
            for touch in phase.touches:
                if touch.verb != "read" and (touch.array, touch.index) in wrong and touch.thread not in found:
                    found.append(touch.thread)
        return found[:2]

    @cached_property
    def _bad(self) -> set[tuple[int, Dim3, str, Index | None]]:
        """Accesses at fault: phase, thread, array, index."""
        return {
            (position, thread, fault.array, fault.index)
            for position, phase in enumerate(self.phases)
            for thread, fault in phase.faults
            if thread is not None
        }

    @cached_property
    def _missing(self) -> list[tuple[int, Touch]]:
        """Accesses at fault that are not among the events, such as those outside an array."""
        found = []
        for position, phase in enumerate(self.phases):
            for thread, fault in phase.faults:
                if thread is None or thread != fault.thread or fault.index is None or not fault.array:
                    continue
                if not any((t.thread, t.array, t.index) == (thread, fault.array, fault.index) for t in phase.touches):
                    verb = "read" if fault.action.startswith("read") else "write"
                    found.append((position, Touch(thread, verb, fault.array, fault.index)))
        return found

    def _touches(self, position: int, verbs: Sequence[str]) -> list[Touch]:
        phase = self.phases[position]
        found = [touch for touch in phase.touches if touch.verb in verbs]
        found += [touch for at, touch in self._missing if at == position and touch.verb in verbs]
        return [touch for touch in dict.fromkeys(found) if touch.index and touch.array not in self._tables]

    @cached_property
    def _tables(self) -> list[str]:
        """Small arrays of integers that most threads look things up in, such as shapes and strides: no arrows."""
        readers: dict[str, set[Dim3]] = defaultdict(set)
        busy: set[Dim3] = set()
        spoilt = {fault.array for phase in self.phases for _, fault in phase.faults}
        for touch in (touch for phase in self.phases for touch in phase.touches):
            busy.add(touch.thread)
            if touch.verb != "read":
                spoilt.add(touch.array)
            readers[touch.array].add(touch.thread)

        def is_table(name: str) -> bool:
            value = self.run.before.get(name)
            if not isinstance(value, np.ndarray) or value.ndim != 1 or value.dtype.kind not in "iu":
                return False
            return value.size <= SMALL and name not in spoilt and 2 * len(readers[name]) >= len(busy)

        return [name for name in readers if is_table(name)]

    def _table_row(self) -> Figure:
        """The tables, beside one another."""
        if not self._tables:
            return EMPTY
        figures = []
        for name in self._tables:
            value = self.run.before[name]
            assert isinstance(value, np.ndarray)
            figures.append(column(text(name, "mg-mono", size=12), _plain_row(name, value), gap=2))
        return column(text("looked up by the threads", "mg-soft", size=12), row(*figures, gap=18), gap=4)

    @cached_property
    def _shown_phases(self) -> list[int | None]:
        faulty = [position for position, phase in enumerate(self.phases) if phase.faults]
        return window(len(self.phases), faulty, PHASES)

    def _left_out(self, label_width: float) -> Figure:
        count = len(self.phases) - sum(each is not None for each in self._shown_phases)
        return text(f"⋮  {count} more steps from barrier to barrier", "mg-soft").moved(label_width, 0)

    def _memory(self, position: int | None, previous: int | None) -> Memory:
        memory = self.phases[position].start if position is not None else self.phases[previous or 0].end
        assert memory is not None
        return memory

    def _look(
        self, array: str, index: Index, shape: Index, memory: Memory, position: int | None, previous: int | None
    ) -> Cell:
        readers = self._who(position, array, index, READS)
        writers = self._who(previous, array, index, WRITES)
        tip = "; ".join(
            filter(None, [f"{array}{list(index)}", _told("written by", writers), _told("read by", readers)])
        )
        bad = any(
            (at, thread, array, index) in self._bad
            for at, threads in ((position, readers), (previous, writers))
            if at is not None
            for thread in threads
        )
        if not exists(index, shape):
            return Cell("", "mg-outside", tip)
        value = memory.value(array, index)
        if writers and index in self.run.spoilt.get(array, ()):
            bad = True
        if position is None and index in self.run.wrong.get(array, ()):
            bad = bad or bool(writers)
        if bad:
            return Cell(number(value), "mg-unwritten mg-wrong" if value is None else "mg-wrong", tip)
        kind = ""
        whose = writers or readers
        if whose:
            kind = "mg-written" if writers else "mg-read"
            kind += f" {_colour(self._rank(whose[0]))}" if len(set(whose)) == 1 else ""
        if value is None:
            kind = "mg-unwritten"
        return Cell(number(value), kind or "mg-faint", tip)

    @cached_property
    def _by_cell(self) -> dict[tuple[int, str, Index, str], list[Dim3]]:
        found: dict[tuple[int, str, Index, str], list[Dim3]] = defaultdict(list)
        for position in range(len(self.phases)):
            for touch in self._touches(position, TOUCHES):
                found[position, touch.array, touch.index, touch.verb].append(touch.thread)
        return found

    def _who(self, position: int | None, array: str, index: Index, verbs: Sequence[str]) -> list[Dim3]:
        if position is None:
            return []
        return [each for verb in verbs for each in self._by_cell.get((position, array, index, verb), ())]

    def _rank(self, thread: Dim3) -> int:
        x, y, _ = self.threads
        return thread[0] + x * (thread[1] + y * thread[2]) if not self.run.loops else thread[0]

    def _arrow_kind(self, touch: Touch, is_read: bool, position: int) -> str:
        kind = _colour(self._rank(touch.thread)) + ("" if is_read else " mg-write")
        kind += " mg-dashed" if touch.verb == "atomic" else ""
        is_bad = (position, touch.thread, touch.array, touch.index) in self._bad
        return kind + (" mg-wrong" if is_bad else "")

    @cached_property
    def _busy(self) -> set[tuple[int, Dim3]]:
        """Who touches anything, by phase."""
        return {
            (position, touch.thread)
            for position in range(len(self.phases))
            for touch in self._touches(position, TOUCHES)
        }

    @cached_property
    def _faulty(self) -> set[tuple[int, Dim3]]:
        return {(position, thread) for position, thread, _, _ in self._bad}

    def _thread_box(self, words: str, place: Place, thread: Dim3, position: int) -> Any:
        """A thread: a rounder box than a cell's, in its colour, with its number."""
        kind = f"mg-thread {_colour(self._rank(thread))}"
        at = (position, thread)
        kind += " mg-wrong" if at in self._faulty else "" if at in self._busy else " mg-idle"
        edge = drawsvg.Rectangle(
            short(place.x + 2), short(place.y + 1), short(place.width - 4), short(place.height - 2), rx=9
        )
        label = drawsvg.Text(words, None, short(place.middle[0]), short(place.middle[1] + 4))
        return drawsvg.Group([edge, label], class_=kind)


def stack(parts: Sequence[Figure], gap: float) -> Figure:
    """Parts below one another, with room for arrows; a barrier is a dashed line across."""
    width = max((part.width for part in parts), default=0)
    rules: list[Any] = []
    marks: list[Any] = []
    places: dict[Any, Place] = {}
    y = 0.0
    parts = [part for part in parts if part.width or part.height]
    for position, part in enumerate(parts):
        if part is BARRIER:
            at = y - gap / 2 + 4
            rules.append(drawsvg.Path(d=f"M0 {short(at)}H{short(width)}", class_="mg-rule"))
            rules.append(drawsvg.Text("barrier", 11, 0, short(at - 4), class_="mg-soft"))
            y += 16
            continue
        moved = part.moved(0, y)
        marks += moved.marks
        places.update(moved.places)
        y += part.height + (gap if position + 1 < len(parts) else 0)
    return Figure(width, y, (*rules, *marks), places)


def _plain_row(name: str, value: Array) -> Figure:
    looks = [Cell(number(each)) for each in value]
    return cell_row([(name, (at,)) for at in range(value.size)], looks, [], "none")


def _colour(rank: int) -> str:
    return f"mg-t{rank % THREAD_COLOURS}"


def _told(verb: str, threads: Sequence[Dim3]) -> str:
    if not threads:
        return ""
    names = [str(each[0]) if not any(each[1:]) else str(each) for each in dict.fromkeys(threads)]
    some = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
    return f"{verb} thread{'s' if len(names) > 1 else ''} {some}"
