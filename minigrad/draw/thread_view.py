"""The threads of a block at a step: a box each, which shows whether it works, waits or has ended."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

import drawsvg

from minigrad.draw.figure import Figure, Place, short
from minigrad.draw.replay import Doing, Replay
from minigrad.draw.slots import Look, Slots
from minigrad.draw.steps import Dim3
from minigrad.draw.views import Looks, colour, page, short_name, slot_box

THREADS, IN_PLANES = 256, 128
"""So many threads of a block are shown, and so many of a block with more than one dimension."""


class Threads:
    """The threads of the block in which something happens: a box each, a warp or a row of the block in a line."""

    def __init__(self, slots: Slots, replay: Replay, left: float) -> None:
        self._replay = replay
        most = max((len(replay.threads(block)) for block in replay.blocks), default=0)
        self._is_flat = replay.run.trace is None or replay.run.trace.block[1:] == (1, 1)
        dims = 1 if self._is_flat or replay.run.trace is None else 2 if replay.run.trace.block[2] == 1 else 3
        self._names = {thread: short_name(thread, dims) for block in replay.blocks for thread in replay.threads(block)}
        letters = max(map(len, self._names.values()), default=1)
        across = 0 if self._is_flat or replay.run.trace is None else replay.run.trace.block[0]
        self._columns = across if 2 <= across <= 16 else 16 if most <= 64 else 32
        self._shown = min(most, THREADS if self._is_flat else IN_PLANES // self._columns * self._columns)
        crowded = self._columns == 32
        width = max(20.0 if crowded else 28.0, letters * 6.7 + (2 if crowded else 8))
        height = 20.0 if crowded else 24.0
        self._boxes = [slots.new() for _ in range(self._shown)]
        word = "iterations" if replay.run.loops else "threads"
        marks: list[Any] = [drawsvg.Text(word, 12, 0, 16, class_="mg-soft")] if self._shown else []
        if self._shown < most:
            marks.append(drawsvg.Text(f"of {most}", 10, 0, 32, class_="mg-soft"))
        places: dict[Any, Place] = {}
        rows = ceil(self._shown / self._columns)
        for row in range(rows):
            boxes = self._boxes[row * self._columns : (row + 1) * self._columns]
            x, y = left + 1, row * (height + 3)
            cells = [
                slot_box(slot, position * (width + 2), width, height, corner=height * 0.4)
                for position, slot in enumerate(boxes)
            ]
            marks.append(drawsvg.Group(cells, transform=f"translate({short(x)},{short(y)})"))
            for column in range(len(boxes)):
                place = Place(x + column * (width + 2), y, width, height)
                places["thread", row * self._columns + column] = place
        across = min(self._columns, self._shown)
        whole = left + across * (width + 2) if self._shown else 0
        self.figure = Figure(whole, rows * (height + 3), tuple(marks), places)

    def first(self, number: int, block: Dim3) -> int:
        """The position of the first thread that is shown."""
        threads = self._replay.threads(block)
        if len(threads) <= self._shown:
            return 0
        steps = (self._replay.steps[each] for each in range(number, -1, -1))
        last = next((step for step in steps if step.block == block and step.threads), None)
        first = page(threads.index(last.threads[-1]) if last is not None else 0, len(threads), self._shown)
        return first // self._columns * self._columns

    def place_of(self, number: int, block: Dim3, thread: Dim3) -> Any:
        """The name of the place where a thread stands."""
        threads = self._replay.threads(block)
        position = threads.index(thread) - self.first(number, block) if thread in threads else -1
        return ("thread", position) if 0 <= position < self._shown else None

    def looks(self, number: int, block: Dim3, doing: Sequence[Doing]) -> Looks:
        """At a step, of a block whose threads are doing this."""
        replay, step = self._replay, self._replay.steps[number]
        threads, first = replay.threads(block), self.first(number, block)
        wrong = {fault.thread for fault in step.faults if fault.block == block}
        wrong |= {fault.other.thread for fault in step.faults if fault.other is not None and fault.other.block == block}
        for position, slot in enumerate(self._boxes, first):
            if position >= len(threads):
                yield slot, Look("mg-none")
                continue
            thread = threads[position]
            kind = f"mg-thread{_KINDS[doing[position]]} {colour(replay, block, thread)}"
            yield slot, Look(kind + " mg-wrong" if thread in wrong else kind, self._names[thread])


_KINDS: dict[Doing, str] = {
    "idle": " mg-idle",
    "to come": "",
    "running": "",
    "at work": " mg-now",
    "waiting": " mg-waits",
    "ended": " mg-ended",
}
