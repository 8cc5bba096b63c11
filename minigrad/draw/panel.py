"""One block of a launch: its arrays and its threads, from barrier to barrier.

Where the threads stand in a row and each array is touched in a row or two, array and threads are lined up one below
the other and every arrow is drawn. Where they form a plane, they stand beside one another, and arrows are drawn for a
thread or two; the others' cells have their colours.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Any

import drawsvg
import numpy as np

from minigrad.draw.arrows import arrow
from minigrad.draw.cells import HEIGHT, NARROWEST, Cell, Indices, cell_row, cell_width, cells, number, window
from minigrad.draw.figure import EMPTY, Figure, Place, column, framed, row, short, text, text_width
from minigrad.draw.look import THREAD_COLOURS
from minigrad.draw.phases import READS, WRITES, Memory, Phase, Touch, exists, shape_of
from minigrad.draw.run import Array, Index, Run

Dim3 = tuple[int, int, int]

THREADS = 18
"""So many threads stand in a row; of more, those that matter, and the ends."""

STRIP = 20
"""So many cells of an array stand in a row."""

COLUMNS = 10
"""So many columns of a matrix, and a little fewer of a plane of threads."""

STRIPS = 4
"""Of an array, so many rows may be touched if they are to be drawn one by one."""

SMALL = 6
"""So long a table of numbers may be that many threads look things up in."""

ARROWS = 40
"""More arrows than this between two rows are a scribble: then only some threads' are drawn."""

PHASES = 8
ROOM = 34.0
"""Between a row of cells and the threads: room for arrows."""


@dataclass(frozen=True)
class Strip:
    """A row of cells of one array: all those with the same leading indices."""

    array: str
    front: Index


@dataclass
class Panel:
    """A block's picture in the making."""

    run: Run
    block: Dim3
    phases: Sequence[Phase]
    threads: Dim3
    alone: bool = False

    def figure(self) -> Figure:
        """The panel."""
        body = self._in_rows() if self._is_flat else self._in_planes()
        word = "loop" if self.run.loops else "block"
        position = (
            self.block if self.threads[2] > 1 or self.block[2] else self.block[:2] if self._is_plane else self.block[:1]
        )
        place = str(position[0]) if len(position) == 1 else str(tuple(position))
        return framed(body, "" if self.alone and not self.run.loops else f"{word} {place}")

    # Which way it is drawn.

    @cached_property
    def _is_plane(self) -> bool:
        return self.threads[1] > 1 or self.threads[2] > 1 or any(self.block[1:])

    @cached_property
    def _is_flat(self) -> bool:
        rows: dict[str, set[Index]] = defaultdict(set)
        for phase in self.phases:
            for touch in phase.touches:
                rows[touch.array].add(touch.index[:-1])
        return self.threads[1] == self.threads[2] == 1 and all(len(fronts) <= STRIPS for fronts in rows.values())

    @property
    def _workers(self) -> str:
        return "iterations" if self.run.loops else "threads"

    # Who is shown.

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
        most: Counter[tuple[str, Dim3]] = Counter()
        busy: set[Dim3] = set()
        spoilt = {fault.array for phase in self.phases for _, fault in phase.faults}
        for touch in (touch for phase in self.phases for touch in phase.touches):
            busy.add(touch.thread)
            if touch.verb != "read":
                spoilt.add(touch.array)
            readers[touch.array].add(touch.thread)
            most[touch.array, touch.thread] += 1

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

    # In rows.

    def _in_rows(self) -> Figure:
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
                parts.append(self._barrier())
            parts += self._group(group, width, label_width, position, previous)
            parts.append(self._thread_row(shown, width, label_width, position))
            previous = position
        if previous is not None:
            after = {Strip(t.array, t.index[:-1]) for t in self._touches(previous, WRITES)}
            group = [strip for strip in strips if strip in after]
            parts += self._group(group, width, label_width, None, previous)
        stacked = _stack(parts)
        return _under(stacked, self._arrows(stacked))

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
            for touch in self._touches(position, ("read", "write", "atomic"))
        )

        def rank(strip: Strip) -> tuple[int, str, Index]:
            is_output = strip.array in self.run.outputs
            return (2 if is_output else 1 if strip.array not in self.run.before else 0, "", ())

        return sorted(found, key=rank)

    def _positions(self, strip: Strip) -> list[int | None]:
        """Which cells of a row are shown: what the block touches and what lies between."""
        shape = shape_of(self.run, strip.array)
        size = shape[-1] if shape else 0
        touched = sorted(
            {
                touch.index[-1]
                for position in range(len(self.phases))
                for touch in self._touches(position, ("read", "write", "atomic"))
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
                for touch in self._touches(position, ("read", "write", "atomic"))
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

    def _memory(self, position: int | None, previous: int | None) -> Memory:
        memory = self.phases[position].start if position is not None else self.phases[previous or 0].end
        assert memory is not None
        return memory

    def _look(
        self, array: str, index: Index, shape: Index, memory: Memory, position: int | None, previous: int | None
    ) -> Cell:
        readers = self._who(position, array, index, READS)
        writers = self._who(previous, array, index, WRITES)
        tip = "; ".join(filter(None, [f"{array}{list(index)}", _who("written by", writers), _who("read by", readers)]))
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
            for touch in self._touches(position, ("read", "write", "atomic")):
                found[position, touch.array, touch.index, touch.verb].append(touch.thread)
        return found

    def _who(self, position: int | None, array: str, index: Index, verbs: Sequence[str]) -> list[Dim3]:
        if position is None:
            return []
        return [each for verb in verbs for each in self._by_cell.get((position, array, index, verb), ())]

    def _is_touched(self, array: str, index: Index, position: int | None, previous: int | None) -> bool:
        return bool(self._who(position, array, index, READS) or self._who(previous, array, index, WRITES))

    def _rank(self, thread: Dim3) -> int:
        x, y, _ = self.threads
        return thread[0] + x * (thread[1] + y * thread[2]) if not self.run.loops else thread[0]

    def _thread_row(self, shown: Sequence[Dim3 | None], width: float, label_width: float, position: int) -> Figure:
        busy = Counter(touch.thread for touch in self._touches(position, ("read", "write", "atomic")))
        faulty = {thread for at, thread, _, _ in self._bad if at == position}
        marks: list[Any] = []
        places: dict[Any, Place] = {}
        x = 0.0
        for thread in shown:
            if thread is None:
                marks.append(drawsvg.Text("⋯", 14, short(x + 11), 18, class_="mg-soft", text_anchor="middle"))
                x += 22
                continue
            place = Place(x, 0, width, HEIGHT)
            kind = f"mg-thread {_colour(self._rank(thread))}"
            kind += " mg-wrong" if thread in faulty else "" if busy[thread] else " mg-idle"
            marks.append(thread_box(str(thread[0]), place, kind))
            places["thread", position, thread] = place
            x += width
        label = text(self._workers, "mg-soft").moved(0, 4)
        return _beside(label, Figure(x, HEIGHT, tuple(marks), places), label_width)

    def _barrier(self) -> Figure:
        return Figure(1, 1).named("barrier")

    def _left_out(self, label_width: float) -> Figure:
        count = len(self.phases) - sum(each is not None for each in self._shown_phases)
        return text(f"⋮  {count} more steps from barrier to barrier", "mg-soft").moved(label_width, 0)

    # Arrows.

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
        kind = _colour(self._rank(touch.thread))
        if not is_read:
            kind += " mg-write"
        if touch.verb == "atomic":
            kind += " mg-dashed"
        if (position, touch.thread, touch.array, touch.index) in self._bad:
            kind += " mg-wrong"
        a, b = (cell, thread) if is_read else (thread, cell)
        down = cell.y < thread.y if is_read else thread.y < cell.y
        start = (a.middle[0] + lane, a.bottom if down else a.y)
        end = (b.middle[0] + lane, b.y if down else b.bottom)
        return arrow(start, end, kind)

    # In planes.

    def _in_planes(self) -> Figure:
        parts: list[Figure] = [self._table_row()]
        for position in self._shown_phases:
            if position is None:
                parts.append(self._left_out(0))
                continue
            if position:
                parts.append(self._barrier())
            parts.append(self._plane(position))
        return _stack(parts, gap=30)

    def _plane(self, position: int) -> Figure:
        """One phase: arrays read, threads, arrays written, from left to right."""
        reads = list(dict.fromkeys(touch.array for touch in self._touches(position, READS)))
        writes = list(dict.fromkeys(touch.array for touch in self._touches(position, WRITES)))
        left = column(*(self._sheet(array, position, None) for array in reads), gap=14)
        right = column(*(self._sheet(array, None, position) for array in writes), gap=14)
        figure = row(left, self._thread_plane(position), right, gap=64, align="middle")
        reading = ((touch, True) for touch in self._touches(position, READS))
        writing = ((touch, False) for touch in self._touches(position, WRITES))
        ways: list[tuple[Touch, Any, bool]] = []
        for touch, is_read in (*reading, *writing):
            when = (position, None) if is_read else (None, position)
            ways.append((touch, ("cell", *when, touch.array, touch.index), is_read))
        places = figure.places
        ways = [each for each in ways if each[1] in places and ("thread", position, each[0].thread) in places]
        some = set(self._focus) if self._focus else self._example(ways)
        lines: list[Any] = []
        tips: list[Any] = []
        for touch, key, is_read in ways:
            if touch.thread not in some:
                continue
            thread, cell = places["thread", position, touch.thread], places[key]
            kind = _colour(self._rank(touch.thread)) + ("" if is_read else " mg-write")
            kind += " mg-dashed" if touch.verb == "atomic" else ""
            bad = (position, touch.thread, touch.array, touch.index) in self._bad
            kind += " mg-wrong" if bad else ""
            start, end = (cell, thread) if is_read else (thread, cell)
            across = ((start.right, start.middle[1]), (end.x, end.middle[1]))
            line, tip = arrow(*across, kind, bow=0.06)
            lines.append(line)  # it passes behind other cells
            tips.append(tip)
        return figure.with_marks(*tips, below=lines)

    def _example(self, ways: Sequence[tuple[Touch, Any, bool]]) -> set[Dim3]:
        """One thread that reads and writes: one at the left, halfway down, where its arrows hide least."""
        kinds: dict[Dim3, set[bool]] = defaultdict(set)
        for touch, _, is_read in ways:
            kinds[touch.thread].add(is_read)
        if not kinds:
            return set()
        most = max(map(len, kinds.values()))
        candidates = sorted(thread for thread in kinds if len(kinds[thread]) == most)
        left = [thread for thread in candidates if thread[0] == candidates[0][0]]
        return {left[len(left) // 2]}

    def _sheet(self, array: str, position: int | None, previous: int | None) -> Figure:
        shape = shape_of(self.run, array)
        memory = self._memory(position, previous)
        at = position if position is not None else previous
        assert at is not None
        verbs = READS if position is not None else WRITES
        touches = [touch for touch in self._touches(at, verbs) if touch.array == array]
        some = set(self._focus)
        focus = [t.index for t in touches if t.thread in some] or [t.index for t in touches][:6]
        outside = [touch.index for touch in touches if not exists(touch.index, shape)]

        def look(index: Index) -> Cell:
            return self._look(array, index, shape, memory, position, previous)

        figure = cells(array, shape, look, focus=focus, most=COLUMNS, outside=outside)
        places = {
            ("cell", position, previous, *key) if isinstance(key, tuple) else key: place
            for key, place in figure.places.items()
        }
        figure = Figure(figure.width, figure.height, figure.marks, places)
        if outside and len(shape) > 1:
            ghosts = [self._ghost(array, index, position, previous) for index in dict.fromkeys(outside[:2])]
            figure = column(figure, *ghosts, gap=4)
        return figure

    def _ghost(self, array: str, index: Index, position: int | None, previous: int | None) -> Figure:
        """A cell that does not exist, with its index written into it."""
        words = f"{array}[{', '.join(map(str, index))}]"
        key = ("cell", position, previous, array, index)
        return cell_row([key], [Cell(words, "mg-outside")], [""], "none", width=text_width(words, mono=True) + 14)

    def _thread_plane(self, position: int) -> Figure:
        x_size, y_size, z_size = self.threads
        touches = self._touches(position, ("read", "write", "atomic"))
        busy = {touch.thread for touch in touches}
        faulty = {thread for at, thread, _, _ in self._bad if at == position}
        sheets = []
        for z in range(min(z_size, 3)):
            near = [thread for thread in self._focus if thread[2] == z]
            columns = window(x_size, [thread[0] for thread in near], COLUMNS - 2)
            rows = window(y_size, [thread[1] for thread in near], COLUMNS - 2)
            marks: list[Any] = []
            places: dict[Any, Place] = {}
            width = max(NARROWEST, text_width(f"{x_size - 1},{y_size - 1}", 11, mono=True) + 10)
            for (j, y), (i, x) in product(enumerate(rows), enumerate(columns)):
                place = Place(i * (width + 2), j * (HEIGHT + 2), width, HEIGHT)
                if x is None or y is None:
                    if x is None and y is None:
                        continue
                    mark = "⋯" if x is None else "⋮"
                    at = place.middle
                    marks.append(
                        drawsvg.Text(mark, 14, short(at[0]), short(at[1] + 5), class_="mg-soft", text_anchor="middle")
                    )
                    continue
                thread = (x, y, z)
                kind = f"mg-thread {_colour(self._rank(thread))}"
                kind += " mg-wrong" if thread in faulty else "" if thread in busy else " mg-idle"
                marks.append(thread_box(f"{x},{y}", place, kind))
                places["thread", position, thread] = place
            size = (len(columns) * (width + 2), len(rows) * (HEIGHT + 2))
            sheets.append(Figure(*size, tuple(marks), places))
        return column(text("threads (x, y)", "mg-soft"), *sheets, gap=6)


def thread_box(words: str, place: Place, kind: str) -> Any:
    """A thread: a rounder box than a cell's, in its colour, with its number."""
    edge = drawsvg.Rectangle(
        short(place.x + 2), short(place.y + 1), short(place.width - 4), short(place.height - 2), rx=9
    )
    label = drawsvg.Text(words, None, short(place.middle[0]), short(place.middle[1] + 4))
    return drawsvg.Group([edge, label], class_=kind)


def _plain_row(name: str, value: Array) -> Figure:
    looks = [Cell(number(each)) for each in value]
    return cell_row([(name, (at,)) for at in range(value.size)], looks, [], "none")


def _colour(rank: int) -> str:
    return f"mg-t{rank % THREAD_COLOURS}"


def _name(strip: Strip) -> str:
    return strip.array + (f"[{', '.join(map(str, strip.front))}]" if strip.front else "")


def _who(verb: str, threads: Sequence[Dim3]) -> str:
    if not threads:
        return ""
    names = [str(each[0]) if not any(each[1:]) else str(each) for each in dict.fromkeys(threads)]
    some = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
    return f"{verb} thread{'s' if len(names) > 1 else ''} {some}"


def _lanes(arrays: Sequence[str]) -> dict[str, float]:
    """Arrows of different arrays keep a little to the side of one another."""
    names = list(dict.fromkeys(arrays))
    apart = min(7.0, 21.0 / len(names)) if names else 0.0
    return {name: (position - (len(names) - 1) / 2) * apart for position, name in enumerate(names)}


def _beside(label: Figure, figure: Figure, label_width: float) -> Figure:
    moved = figure.moved(label_width, 0)
    return Figure(moved.width, max(label.height, moved.height), (*label.marks, *moved.marks), moved.places)


def _stack(parts: Sequence[Figure], gap: float = ROOM) -> Figure:
    """Parts below one another, with room for arrows; a barrier is a dashed line across."""
    width = max((part.width for part in parts), default=0)
    rules: list[Any] = []
    marks: list[Any] = []
    places: dict[Any, Place] = {}
    y = 0.0
    parts = [part for part in parts if part.width or part.height]
    for position, part in enumerate(parts):
        if "barrier" in part.places:
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


def _under(figure: Figure, marks: Sequence[Any]) -> Figure:
    return figure.with_marks(below=marks)
