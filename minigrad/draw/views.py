"""The parts of a step's picture: source, arrays and threads, each laid out once and told apart step by step.

A view has a ``figure`` with slots in it, and ``looks(number)``, which says how they look at a step. Where there is more
than fits, a view shows the page on which something happens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from math import ceil, prod
from typing import Any

import drawsvg
import numpy as np

from minigrad.draw.cells import HEIGHT, Index
from minigrad.draw.cells import number as written
from minigrad.draw.figure import Figure, Place, short, text_width
from minigrad.draw.look import THREAD_COLOURS
from minigrad.draw.replay import Dim3, Doing, Memory, Replay, Step
from minigrad.draw.slots import Look, Slot, Slots

LINES = 26
"""So many lines of source are shown."""

LETTERS = 72
"""So much of a line is shown."""

WIDE = 640.0
"""About as wide are a row of cells and a row of threads."""

ALL_CELLS, SOME_CELLS = 64, 32
"""An array of one dimension is shown whole up to so many elements, and else so many of them."""

ROWS, COLUMNS = 12, 16
"""So much is shown of a matrix."""

THREADS = 256
"""So many threads of a block are shown."""

LINE_HEIGHT = 18.0

Looks = Iterator[tuple[Slot, Look]]


def page(position: int, size: int, most: int) -> int:
    """Where a stretch of ``most`` out of ``size`` begins that has ``position`` in it; it moves by half its length.

    >>> [page(position, 100, 20) for position in (0, 14, 15, 24, 25, 99)]
    [0, 0, 10, 10, 20, 80]
    """
    if size <= most:
        return 0
    half = max(1, most // 2)
    return min(max(0, (min(max(position, 0), size - 1) - most // 4) // half * half), size - most)


def colour(replay: Replay, block: Dim3 | None, thread: Dim3 | None) -> str:
    """The class of a thread's colour."""
    if thread is None:
        return ""
    if replay.run.loops or replay.run.trace is None:
        return f"mg-t{thread[0] % THREAD_COLOURS}"
    shape = replay.run.trace.block
    return f"mg-t{(thread[0] + shape[0] * (thread[1] + shape[1] * thread[2])) % THREAD_COLOURS}"


def short_name(thread: Dim3, dims: int | None = None) -> str:
    """``3``, or ``3,1`` in two dimensions; without ``dims`` in as many as it takes."""
    if dims is None:
        dims = 3 if thread[2] else 2 if thread[1] else 1
    return ",".join(map(str, thread[:dims]))


class Source:
    """The learner's functions with line numbers; the line where something happens is lit."""

    def __init__(self, slots: Slots, replay: Replay) -> None:
        self._replay = replay
        lines = replay.run.source
        numbers = sorted(lines)
        indent = min((_indent(lines[number]) for number in numbers if lines[number].strip()), default=0)
        self._rows: list[tuple[str, str]] = []
        self._at: dict[int, int] = {}
        for position, number in enumerate(numbers):
            if position and number > numbers[position - 1] + 1:
                self._rows.append(("⋯", ""))
            self._at[number] = len(self._rows)
            line = lines[number].expandtabs(4)[indent:].rstrip()
            self._rows.append((str(number), line if len(line) <= LETTERS else line[: LETTERS - 1] + "…"))
        self._near = list(accumulate(replay.steps, lambda near, step: self._at.get(step.line or 0, near), initial=0))[
            1:
        ]
        shown = min(len(self._rows), LINES)
        self._slots = [(slots.new(), slots.new()) for _ in range(shown)]
        longest = max((len(line) for _, line in self._rows), default=0)
        gutter = text_width("0" * max((len(name) for name, _ in self._rows), default=0), 12, mono=True) + 18
        width = gutter + max(150.0, text_width("0" * longest, mono=True)) + 8
        self.figure = Figure(width, shown * LINE_HEIGHT, tuple(self._marks(width, gutter)))

    def _marks(self, width: float, gutter: float) -> Iterator[Any]:
        for position, (name, line) in enumerate(self._slots):
            y = position * LINE_HEIGHT
            band = drawsvg.Rectangle(0, short(y), short(width), short(LINE_HEIGHT), rx=3)
            words = drawsvg.Text(line.words, None, short(gutter), short(y + 13))
            yield drawsvg.Group([band, words], class_=line.kind)
            yield drawsvg.Text(name.words, None, short(gutter - 12), short(y + 13), class_=name.kind)

    def looks(self, number: int) -> Looks:
        """At a step."""
        step = self._replay.steps[number]
        lines = {step.line, *(fault.other.line for fault in step.faults if fault.other is not None)}
        lit = {self._at[line] for line in lines if line in self._at}
        first = page(self._near[number], len(self._rows), LINES)
        kind = "mg-line mg-wrong" if step.faults or step.error else "mg-line mg-now"
        for position, (name, line) in enumerate(self._slots, first):
            yield name, Look("mg-number", self._rows[position][0])
            yield line, Look(kind if position in lit else "mg-line", self._rows[position][1])


def _indent(line: str) -> int:
    line = line.expandtabs(4)
    return len(line) - len(line.lstrip())


class ArrayView:
    """One array: a row of cells, several rows, or a matrix.

    ``memory`` says which array it is at a step (a block's own, say), None for none. The places of its cells go by
    ``(key, position)``. ``marked`` has the cells that are wrong in the end, ``outside`` whether an index is ever used
    that does not exist.
    """

    def __init__(
        self,
        slots: Slots,
        replay: Replay,
        sample: tuple[Memory, ...],
        memory: Callable[[int], Memory | None],
        *,
        left: float,
        marked: frozenset[Index] = frozenset(),
        outside: bool = False,
    ) -> None:
        self._replay = replay
        self._memory = memory
        self._marked = marked
        self.name = sample[0].name
        self.key = (sample[0].space, self.name)
        shapes = [replay.shape(each) for each in sample]
        self.shape: Index = max(shapes, key=lambda shape: (len(shape), prod(shape)))
        width = self._cell_width(sample)
        self._size = self.shape[0] if len(self.shape) == 1 else prod(self.shape[:-1])
        per_row = next((each for each in (16, 8, 4) if each * width <= WIDE), 2)
        if len(self.shape) <= 1:
            total = self._size if self.shape else 1
            shown = total if total <= ALL_CELLS else SOME_CELLS
            self._columns = shown if shown * width <= WIDE and shown <= 16 else min(per_row, shown)
            self._rows = ceil(shown / self._columns) if shown else 0
            self._shown = shown
            self._is_part = shown < total
        else:
            self._columns = min(self.shape[-1], per_row)
            self._rows = min(self._size, ROWS)
            self._shown = self._rows * self._columns
            self._is_part = self._columns < self.shape[-1] or self._rows < self._size
        self._cells = [slots.new() for _ in range(self._shown)]
        self._outside = slots.new() if outside else None
        self._row_names = [slots.new() for _ in range(self._rows)] if self._is_part else []
        self._column_names = [slots.new() for _ in range(self._columns)] if self._is_part and self._is_matrix else []
        self._owner = slots.new() if self.key[0] == "local" else None
        self._note = slots.new() if self._is_part else None
        self.figure = self._drawn(left, width)

    @property
    def _is_matrix(self) -> bool:
        return len(self.shape) >= 2

    def _cell_width(self, sample: tuple[Memory, ...]) -> float:
        values = [value for each in sample for value in self._replay.values_of(each)]
        before = self._replay.run.before.get(self.name) if self.key[0] == "global" else None
        if isinstance(before, np.ndarray):
            values += list(before.flat[:4096])
        longest = max((text_width(written(value), mono=True) for value in values), default=0)
        return float(round(min(92.0, max(30.0, longest + 8))))

    def _drawn(self, left: float, width: float) -> Figure:
        """The cells begin at ``left``; the name and the numbers of the rows stand before them."""
        top = 14.0 if self._is_matrix or self._rows == 1 else 2.0
        marks: list[Any] = [drawsvg.Text(self.name or "?", 13, 0, short(top + 17), class_="mg-mono mg-strong")]
        if self.key[0] == "shared":
            marks.append(drawsvg.Text("shared", 10, 0, short(top + 29), class_="mg-soft"))
        if self._owner is not None:
            marks.append(drawsvg.Text(self._owner.words, 10, 0, short(top + 29), class_=self._owner.kind))
        if self._note is not None:
            note = drawsvg.Text(self._note.words, 10, 0, short(top + 41), class_=self._note.kind)
            marks.append(note)
        if 0 in self.shape:
            marks.append(drawsvg.Text("no elements", 12, short(left), short(top + 17), class_="mg-soft"))
            return Figure(left + 80, top + HEIGHT, tuple(marks))
        places: dict[Any, Place] = {}
        for row in range(self._rows):
            y = top + row * HEIGHT
            name = self._row_name(row)
            if name:
                kind = self._row_names[row].kind if self._row_names else "mg-index"
                marks.append(drawsvg.Text(name, 10, short(left - 6), short(y + 17), class_=kind, text_anchor="end"))
            cells = []
            for column in range(self._columns):
                position = row * self._columns + column
                if position >= self._shown:
                    break
                if not row and top > 2:
                    marks.append(self._column_mark(column, left + (column + 0.5) * width))
                cells.append(_cell(self._cells[position], column * width, width, corner=bool(self._marked)))
                places[(*self.key, position)] = Place(left + column * width, y, width, HEIGHT)
            marks.append(drawsvg.Group(cells, transform=f"translate({short(left)},{short(y)})"))
        right = left + min(self._columns, self._shown) * width
        if self._outside is not None:
            row = 0 if self._is_matrix else self._rows - 1
            used = self._columns if self._is_matrix or not self._shown else self._shown - row * self._columns
            x, y = left + used * width + 12, top + row * HEIGHT
            room = max(width, 44.0)
            marks.append(drawsvg.Group([_cell(self._outside, 0, room)], transform=f"translate({short(x)},{short(y)})"))
            places[(*self.key, "outside")] = Place(x, y, room, HEIGHT)
            right = max(right, x + room)
        return Figure(right, top + max(1, self._rows) * HEIGHT, tuple(marks), places)

    def _row_name(self, row: int) -> str:
        if self._row_names:
            return self._row_names[row].words
        if self._is_matrix:
            return self._name_of_row(row)
        return str(row * self._columns) if self._rows > 1 else ""

    def _name_of_row(self, row: int) -> str:
        return ", ".join(map(str, np.unravel_index(row, self.shape[:-1]))) if row < self._size else ""

    def _column_mark(self, column: int, x: float) -> Any:
        words = self._column_names[column].words if self._column_names else str(column)
        kind = self._column_names[column].kind if self._column_names else "mg-index"
        return drawsvg.Text(words, 10, short(x), 10, class_=kind, text_anchor="middle")

    def _first(self, focus: Index | None) -> tuple[int, int]:
        """The row and the column where the page that is shown begins; of one dimension, 0 and the element."""
        if not self._is_part:
            return 0, 0
        focus = focus or (0,)
        if not self._is_matrix:
            at = page(focus[0], self._size, self._shown) if self._shown else 0
            return 0, at // self._columns * self._columns if at + self._shown < self._size else at
        row = 0
        for extent, each in zip(self.shape[:-1], focus[:-1], strict=False):
            row = row * extent + min(max(each, 0), extent - 1)
        return page(row, self._size, self._rows), page(focus[-1], self.shape[-1], self._columns)

    def _indices(self, focus: Index | None) -> list[Index]:
        row, column = self._first(focus)
        if not self.shape:
            return [()]
        if not self._is_matrix:
            return [(column + position,) for position in range(self._shown)]
        fronts = [tuple(map(int, np.unravel_index(row + each, self.shape[:-1]))) for each in range(self._rows)]
        return [(*front, column + each) for front in fronts for each in range(self._columns)]

    def place_of(self, number: int, index: Index) -> Any:
        """The name of the place where an element stands at a step, or of the one outside; None if it has none."""
        memory = self._memory(number)
        if memory is None:
            return None
        indices = self._indices(self._replay.focus(number, memory))
        if index in indices:
            return (*self.key, indices.index(index))
        return (*self.key, "outside") if self._outside is not None else None

    def looks(self, number: int) -> Looks:
        """At a step."""
        memory = self._memory(number)
        step = self._replay.steps[number]
        focus = self._replay.focus(number, memory) if memory is not None else None
        is_here = memory is not None and step.memory == memory
        for slot, index in zip(self._cells, self._indices(focus), strict=True):
            yield slot, self._look(number, memory, index, step if is_here and step.index == index else None)
        yield from self._names(focus)
        if self._owner is not None and memory is not None and memory.thread is not None:
            yield self._owner, Look("mg-soft", f"of thread {short_name(memory.thread)}")
        if self._outside is not None:
            used = focus is not None and not _is_inside(focus, self.shape)
            words = ",".join(map(str, focus or ()))
            now = " mg-now" if is_here and used else ""
            yield self._outside, Look(f"mg-cell mg-outside{now}", words) if used else Look("mg-none")

    def _look(self, number: int, memory: Memory | None, index: Index, step: Step | None) -> Look:
        replay = self._replay
        value = replay.value(number, memory, index) if memory is not None else None
        kind = "mg-cell"
        if value is None:
            kind += " mg-unwritten"
        if step is not None:
            kind += " mg-now mg-read" if step.kind == "read" else " mg-now mg-written"
            kind += " " + colour(replay, step.block, step.thread)
            if step.faults:
                kind += " mg-wrong"
        elif memory is not None and (writer := replay.writer(number, memory, index)) is not None:
            kind += " mg-written " + colour(replay, writer.block, writer.thread)
        if index in self._marked and replay.steps[number].kind == "end":
            kind += " mg-wrong"
        return Look(kind, written(value))

    def _names(self, focus: Index | None) -> Looks:
        if self._note is None:
            return
        row, column = self._first(focus)
        for position, slot in enumerate(self._row_names):
            name = self._name_of_row(row + position) if self._is_matrix else str(column + position * self._columns)
            yield slot, Look("mg-index", name)
        for position, slot in enumerate(self._column_names):
            yield slot, Look("mg-index", str(column + position))
        yield self._note, Look("mg-soft", f"of {' × '.join(map(str, self.shape))}")


def _is_inside(index: Index, shape: Index) -> bool:
    return len(index) == len(shape) and all(0 <= each < extent for each, extent in zip(index, shape, strict=True))


def _cell(slot: Slot, x: float, width: float, height: float = HEIGHT, *, corner: bool = False) -> Any:
    parts: list[Any] = [drawsvg.Rectangle(short(x + 0.5), 0.5, short(width - 1), short(height - 1), rx=3)]
    if corner:
        parts.append(drawsvg.Path(d=f"M{short(x + width - 9)} 1h8v8z", class_="mg-corner"))
    parts.append(drawsvg.Text(slot.words, None, short(x + width / 2), short(height / 2 + 4.7)))
    return drawsvg.Group(parts, class_=slot.kind)


class Threads:
    """The threads of the block in which something happens: a box each, a warp or a row of the block in a line."""

    def __init__(self, slots: Slots, replay: Replay, left: float) -> None:
        self._replay = replay
        most = max((len(replay.threads(block)) for block in replay.blocks), default=0)
        self._shown = min(most, THREADS)
        self._is_flat = replay.run.trace is None or replay.run.trace.block[1:] == (1, 1)
        dims = 1 if self._is_flat or replay.run.trace is None else 2 if replay.run.trace.block[2] == 1 else 3
        self._names = {thread: short_name(thread, dims) for block in replay.blocks for thread in replay.threads(block)}
        letters = max(map(len, self._names.values()), default=1)
        across = 0 if self._is_flat or replay.run.trace is None else replay.run.trace.block[0]
        self._columns = across if 2 <= across <= 16 else 16 if most <= 64 else 32
        crowded = self._columns == 32
        width = max(20.0 if crowded else 28.0, letters * 6.7 + (2 if crowded else 8))
        height = 20.0 if crowded else 24.0
        self._boxes = [slots.new() for _ in range(self._shown)]
        word = "iterations" if replay.run.loops else "threads"
        marks: list[Any] = [drawsvg.Text(word, 12, 0, 16, class_="mg-soft")] if self._shown else []
        places = {}
        rows = ceil(self._shown / self._columns)
        for row in range(rows):
            boxes = self._boxes[row * self._columns : (row + 1) * self._columns]
            x, y = left + 1, row * (height + 3)
            cells = [_cell(slot, column * (width + 2), width, height) for column, slot in enumerate(boxes)]
            marks.append(drawsvg.Group(cells, transform=f"translate({short(x)},{short(y)})"))
            for column in range(len(boxes)):
                place = Place(x + column * (width + 2), y, width, height)
                places["thread", row * self._columns + column] = place
        across = min(self._columns, self._shown)
        self.figure = Figure(
            left + across * (width + 2) if self._shown else 0, rows * (height + 3), tuple(marks), places
        )

    def first(self, number: int, block: Dim3) -> int:
        """The position of the first thread that is shown."""
        threads = self._replay.threads(block)
        if len(threads) <= self._shown:
            return 0
        steps = (self._replay.steps[each] for each in range(number, -1, -1))
        last = next((step for step in steps if step.block == block and step.threads), None)
        return page(threads.index(last.threads[-1]) if last is not None else 0, len(threads), self._shown)

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
