"""An array as it stood at a step: its cells in the colours of the threads that wrote them, the one in question lit."""

from __future__ import annotations

from collections.abc import Callable
from math import ceil, prod
from typing import Any

import drawsvg
import numpy as np

from minigrad.draw.cells import HEIGHT, Index
from minigrad.draw.cells import number as written
from minigrad.draw.figure import Figure, Place, short, text_width
from minigrad.draw.phases import exists
from minigrad.draw.replay import Replay
from minigrad.draw.slots import Look, Slots
from minigrad.draw.steps import Memory, Step
from minigrad.draw.views import Looks, colour, page, short_name, slot_box

WIDE = 640.0
"""A row of cells is no wider."""

ALL_CELLS, SOME_CELLS = 64, 32
"""An array of one dimension is shown whole up to so many elements, and else so many of them."""

ROWS, COLUMNS, MATRIX = 12, 16, 128
"""So many rows, columns and cells are shown of a matrix at most."""


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
        per_row = next((each for each in (COLUMNS, 8, 4) if each * width <= WIDE), 2)
        if len(self.shape) <= 1:
            total = self._size if self.shape else 1
            shown = total if total <= ALL_CELLS else SOME_CELLS
            self._columns = shown if shown * width <= WIDE and shown <= COLUMNS else min(per_row, shown)
            self._rows = ceil(shown / self._columns) if shown else 0
            self._shown = shown
            self._is_part = shown < total
        else:
            self._columns = min(self.shape[-1], per_row)
            self._rows = min(self._size, ROWS, MATRIX // max(1, self._columns))
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
                cells.append(slot_box(self._cells[position], column * width, width, flagged=bool(self._marked)))
                places[(*self.key, position)] = Place(left + column * width, y, width, HEIGHT)
            marks.append(drawsvg.Group(cells, transform=f"translate({short(left)},{short(y)})"))
        right = left + min(self._columns, self._shown) * width
        if self._outside is not None:
            row = 0 if self._is_matrix else self._rows - 1
            used = self._columns if self._is_matrix or not self._shown else self._shown - row * self._columns
            x, y = left + used * width + 12, top + row * HEIGHT
            room = max(width, 18 + 24.0 * max(1, len(self.shape)))
            marks.append(
                drawsvg.Group([slot_box(self._outside, 0, room)], transform=f"translate({short(x)},{short(y)})")
            )
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
            used = focus is not None and not exists(focus, self.shape)
            words = f"[{', '.join(map(str, focus or ()))}]"
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
