"""A block whose threads form a plane: it stands between the arrays that it reads and those that it writes.

All arrows would be a scribble: a thread or two have theirs, and the cells of the others have their colours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import product
from typing import Any

import drawsvg

from minigrad.draw.arrows import arrow
from minigrad.draw.cells import HEIGHT, NARROWEST, Cell, cell_row, cells, window
from minigrad.draw.figure import Figure, Place, column, row, short, text, text_width
from minigrad.draw.panel import BARRIER, Panel, stack
from minigrad.draw.phases import READS, WRITES, Touch, exists, shape_of
from minigrad.draw.run import Index
from minigrad.draw.steps import Dim3

COLUMNS = 10
"""So many columns of a matrix, and a little fewer of a plane of threads."""

ROOM = 30.0
"""Between two phases: room for the line of a barrier."""


class Planes(Panel):
    """A plane of threads between sheets of cells."""

    def _body(self) -> Figure:
        parts: list[Figure] = [self._table_row()]
        for position in self._shown_phases:
            if position is None:
                parts.append(self._left_out(0))
                continue
            if position:
                parts.append(BARRIER)
            parts.append(self._plane(position))
        return stack(parts, ROOM)

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
            start, end = (cell, thread) if is_read else (thread, cell)
            across = ((start.right, start.middle[1]), (end.x, end.middle[1]))
            line, tip = arrow(*across, self._arrow_kind(touch, is_read, position), bow=0.06)
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
                marks.append(self._thread_box(f"{x},{y}", place, thread, position))
                places["thread", position, thread] = place
            size = (len(columns) * (width + 2), len(rows) * (HEIGHT + 2))
            sheets.append(Figure(*size, tuple(marks), places))
        return column(text("threads (x, y)", "mg-soft"), *sheets, gap=6)
