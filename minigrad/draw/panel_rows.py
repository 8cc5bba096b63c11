"""A block whose threads stand in a row: arrays and threads below one another, lined up, with every arrow.

Time runs downwards: the rows that are read, the threads, the rows that they wrote, and so on from barrier to barrier.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import drawsvg

from minigrad.draw.arrows import arrow
from minigrad.draw.cells import HEIGHT, NARROWEST, Cell, Indices, cell_row, cell_width, number, window
from minigrad.draw.figure import Figure, Place, short, text, text_width
from minigrad.draw.panel import BARRIER, Panel, stack
from minigrad.draw.phases import READS, TOUCHES, WRITES, Phase, Touch, shape_of
from minigrad.draw.run import Index
from minigrad.draw.steps import Dim3

THREADS = 18
"""So many threads stand in a row; of more, those that matter, and the ends."""

STRIP = 20
"""So many cells of an array stand in a row."""

STRIPS = 4
"""Of an array, so many rows may be touched if they are to be drawn one by one."""

ARROWS = 40
"""More arrows than this between two rows are a scribble: then only some threads' are drawn."""

ROOM = 34.0
"""Between a row of cells and the threads: room for arrows."""


@dataclass(frozen=True)
class Strip:
    """A row of cells of one array: all those with the same leading indices."""

    array: str
    front: Index


def lie_flat(phases: Sequence[Phase], threads: Dim3) -> bool:
    """Whether a block can be drawn in rows: threads in one row, and of each array only a few rows touched."""
    fronts: dict[str, set[Index]] = defaultdict(set)
    for phase in phases:
        for touch in phase.touches:
            fronts[touch.array].add(touch.index[:-1])
    return threads[1:] == (1, 1) and all(len(each) <= STRIPS for each in fronts.values())


class Rows(Panel):
    """Threads in a row between the rows of arrays that they touch."""

    def _body(self) -> Figure:
        shown = self._shown_threads()
        strips = self._strips()
        width = self._cell_width(strips)
        label_width = max((text_width(_name(strip), mono=True) for strip in strips), default=0.0)
        label_width = max(label_width, text_width(self._workers)) + 10
        parts: list[Figure] = [self._table_row()]
        previous: int | None = None
        for position in self._shown_phases:
            if position is None:
                parts.append(self._left_out(label_width))
                previous = None
                continue
            above = {Strip(t.array, t.index[:-1]) for t in self._touches(position, READS)}
            before: set[Strip] = set()
            if previous is not None:
                before = {Strip(t.array, t.index[:-1]) for t in self._touches(previous, WRITES)}
            group = [strip for strip in strips if strip in above | before]
            if position:
                parts.append(BARRIER)
            parts += self._group(group, width, label_width, position, previous)
            parts.append(self._thread_row(shown, width, label_width, position))
            previous = position
        if previous is not None:
            after = {Strip(t.array, t.index[:-1]) for t in self._touches(previous, WRITES)}
            group = [strip for strip in strips if strip in after]
            parts += self._group(group, width, label_width, None, previous)
        stacked = stack(parts, ROOM)
        return stacked.with_marks(below=self._arrows(stacked))

    def _shown_threads(self) -> list[Dim3 | None]:
        if self.run.loops:
            every = sorted({touch.thread for phase in self.phases for touch in phase.touches})
        else:
            every = [(x, 0, 0) for x in range(self.threads[0])]
        focus = [every.index(each) for each in self._focus if each in every]
        return [None if at is None else every[at] for at in window(len(every), focus, THREADS)]

    def _strips(self) -> list[Strip]:
        """The rows that were touched: inputs, then what the kernel made, then outputs."""
        found = dict.fromkeys(
            Strip(touch.array, touch.index[:-1])
            for position in range(len(self.phases))
            for touch in self._touches(position, TOUCHES)
        )

        def rank(strip: Strip) -> int:
            is_output = strip.array in self.run.outputs
            return 2 if is_output else 1 if strip.array not in self.run.before else 0

        return sorted(found, key=rank)

    def _positions(self, strip: Strip) -> list[int | None]:
        """Which cells of a row are shown: what the block touches and what lies between."""
        shape = shape_of(self.run, strip.array)
        size = shape[-1] if shape else 0
        touched = sorted(
            {
                touch.index[-1]
                for position in range(len(self.phases))
                for touch in self._touches(position, TOUCHES)
                if touch.array == strip.array and touch.index[:-1] == strip.front
            }
        )
        inside = [each for each in touched if 0 <= each < size]
        is_own = strip.array not in self.run.before
        if is_own or (self.alone and size <= STRIP // 2):
            inside = list(range(size))
        matters = [inside.index(each) for each in self._cells_of_focus(strip) if each in inside]
        positions: list[int | None] = []
        for place in window(len(inside), matters, STRIP):
            at = None if place is None else inside[place]
            last = positions[-1] if positions else None
            if at is not None and last is not None and at > last + 1:
                positions += range(last + 1, at) if at - last <= 3 else [None]
            positions.append(at)
        beyond = [each for each in touched if not 0 <= each < size]
        front = [each for each in beyond if each < 0][-2:]
        back = [each for each in beyond if each >= size][:3]
        if back and positions and positions[-1] is not None and back[0] > positions[-1] + 1:
            positions.append(None)
        return [*front, *positions, *back]

    def _cells_of_focus(self, strip: Strip) -> list[int]:
        shown = set(self._focus) or {each for each in self._shown_threads() if each is not None}
        return sorted(
            {
                touch.index[-1]
                for position in range(len(self.phases))
                for touch in self._touches(position, TOUCHES)
                if touch.array == strip.array and touch.index[:-1] == strip.front and touch.thread in shown
            }
        )

    def _cell_width(self, strips: Sequence[Strip]) -> float:
        words = []
        for strip in strips:
            for at in self._positions(strip):
                if at is None:
                    continue
                for phase in self.phases:
                    for memory in (phase.start, phase.end):
                        assert memory is not None
                        words.append(number(memory.value(strip.array, (*strip.front, at))))
        return max([cell_width(words), NARROWEST])

    def _group(
        self, strips: Sequence[Strip], width: float, label_width: float, position: int | None, previous: int | None
    ) -> list[Figure]:
        """Rows between the same threads; those with the same numbers have them once, where no arrow passes."""
        shown = [self._positions(strip) for strip in strips]
        other = [*shown[1:], None] if position is None else [None, *shown[:-1]]
        return [
            self._strip(strip, width, label_width, position, previous, is_numbered=mine != beside)
            for strip, mine, beside in zip(strips, shown, other, strict=False)
        ]

    def _strip(
        self,
        strip: Strip,
        width: float,
        label_width: float,
        position: int | None,
        previous: int | None,
        is_numbered: bool,
    ) -> Figure:
        memory = self._memory(position, previous)
        shape = shape_of(self.run, strip.array)
        keys: list[Any] = []
        looks: list[Cell | None] = []
        numbers: list[str] = []
        size = shape[-1] if shape else 0
        for at in self._positions(strip):
            if at is None:
                keys.append(None)
                looks.append(None)
                numbers.append("")
                continue
            if not 0 <= at < size and not self._is_touched(strip.array, (*strip.front, at), position, previous):
                continue
            index = (*strip.front, at)
            keys.append(("cell", position, previous, strip.array, index))
            looks.append(self._look(strip.array, index, shape, memory, position, previous))
            numbers.append(str(at))
        arrives = position is not None and previous is not None  # arrows come from above and leave below
        is_plain = numbers == [str(at) for at in range(len(numbers))]
        side: Indices = "below" if position is None else "above"
        if not is_numbered or (arrives and is_plain):
            side = "none"
        line = cell_row(keys, looks, numbers, side, width=width)
        label = text(_name(strip), "mg-mono mg-strong")
        offset = (line.height - HEIGHT if side == "above" else 0) + 4
        return _beside(label.moved(0, offset), line, label_width)

    def _is_touched(self, array: str, index: Index, position: int | None, previous: int | None) -> bool:
        return bool(self._who(position, array, index, READS) or self._who(previous, array, index, WRITES))

    def _thread_row(self, shown: Sequence[Dim3 | None], width: float, label_width: float, position: int) -> Figure:
        marks: list[Any] = []
        places: dict[Any, Place] = {}
        x = 0.0
        for thread in shown:
            if thread is None:
                marks.append(drawsvg.Text("⋯", 14, short(x + 11), 18, class_="mg-soft", text_anchor="middle"))
                x += 22
                continue
            place = Place(x, 0, width, HEIGHT)
            marks.append(self._thread_box(str(thread[0]), place, thread, position))
            places["thread", position, thread] = place
            x += width
        label = text(self._workers, "mg-soft").moved(0, 4)
        return _beside(label, Figure(x, HEIGHT, tuple(marks), places), label_width)

    def _arrows(self, stacked: Figure) -> list[Any]:
        """All arrows between cells and threads, as far as both are shown."""
        places = stacked.places
        marks: list[Any] = []
        shown = [position for position in self._shown_phases if position is not None]
        for order, position in enumerate(shown):
            before = shown[order - 1] if order and shown[order - 1] == position - 1 else None
            after = shown[order + 1] if order + 1 < len(shown) and shown[order + 1] == position + 1 else None
            ways: list[tuple[Touch, Any, bool]] = []
            for touch in self._touches(position, READS):
                ways.append((touch, ("cell", position, before, touch.array, touch.index), True))
            for touch in self._touches(position, WRITES):
                ways.append((touch, ("cell", after, position, touch.array, touch.index), False))
            ways = [each for each in ways if each[1] in places and ("thread", position, each[0].thread) in places]
            if len(ways) > ARROWS:
                some = set(self._focus) or self._examples(ways)
                ways = [each for each in ways if each[0].thread in some]
            lanes = {side: _lanes([key[3] for _, key, is_read in ways if is_read is side]) for side in (True, False)}
            for touch, key, is_read in ways:
                thread = places["thread", position, touch.thread]
                marks += self._one_arrow(touch, places[key], thread, is_read, position, lanes[is_read][key[3]])
        return marks

    def _examples(self, ways: Sequence[tuple[Touch, Any, bool]]) -> set[Dim3]:
        """A few threads that stand for the rest."""
        threads = list(dict.fromkeys(touch.thread for touch, _, _ in ways))
        most = max(1, ARROWS * len(threads) // len(ways) // 2)
        return {*threads[:1], *threads[len(threads) // 2 :][: min(most, 2)]}

    def _one_arrow(
        self, touch: Touch, cell: Place, thread: Place, is_read: bool, position: int, lane: float
    ) -> list[Any]:
        a, b = (cell, thread) if is_read else (thread, cell)
        down = cell.y < thread.y if is_read else thread.y < cell.y
        start = (a.middle[0] + lane, a.bottom if down else a.y)
        end = (b.middle[0] + lane, b.y if down else b.bottom)
        return arrow(start, end, self._arrow_kind(touch, is_read, position))


def _name(strip: Strip) -> str:
    return strip.array + (f"[{', '.join(map(str, strip.front))}]" if strip.front else "")


def _lanes(arrays: Sequence[str]) -> dict[str, float]:
    """Arrows of different arrays keep a little to the side of one another."""
    names = list(dict.fromkeys(arrays))
    apart = min(7.0, 21.0 / len(names)) if names else 0.0
    return {name: (position - (len(names) - 1) / 2) * apart for position, name in enumerate(names)}


def _beside(label: Figure, figure: Figure, label_width: float) -> Figure:
    moved = figure.moved(label_width, 0)
    return Figure(moved.width, max(label.height, moved.height), (*label.marks, *moved.marks), moved.places)
