"""Where the elements of a tensor lie: its cells as they are indexed, and the storage that they are read out of.

Each cell of the tensor has the colour and the number of its place in the storage. Pointed at or focused, it lights up
with its place, and so does everything that shares it. That takes style rules only; without them the picture still says
it all in numbers.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import drawsvg
import numpy as np
import numpy.typing as npt

from minigrad.draw.arrows import arrow
from minigrad.draw.cells import EDGE, GAP, HEIGHT, NARROWEST, WIDEST, window
from minigrad.draw.excerpt import left_out, offsets, shown_indices
from minigrad.draw.figure import EMPTY, Figure, Place, column, flow, paragraph, row, short, text, text_width
from minigrad.draw.look import THREAD_COLOURS
from minigrad.draw.picture import Picture
from minigrad.draw.reading import word
from minigrad.errors import MinigradError
from minigrad.strides import Index, Layout, position, subscript
from minigrad.tensor import Tensor, from_numpy

TALL = 40.0
"""The height of a cell with its place in it."""

WIDTH = 760.0
LINE = 20
"""So many places of the storage stand in a line, if their numbers are short."""

PLACES = 3 * LINE
"""So many places are shown at most; of one element's, if they are more, a line."""

COUNTED = 20_000
"""In a tensor of more elements, it is not counted how many share a place."""

TAB_STOPS = 48
"""In a larger picture, the cells are not in the order of the tab key: it would take too long to get past them."""


def strides(tensor: Tensor | npt.NDArray[Any], index: Index | int | None = None) -> Picture:
    """The cells of a tensor, and where each lies in the storage.

    With an ``index``, that cell and its place are marked and joined, and the sum is written out that leads from the one
    to the other. Without, each cell shows its place when it is pointed at. An array of NumPy's will do too.

    >>> import minigrad
    >>> strides(minigrad.arange(6).reshape(2, 3).T, (2, 1))
    <picture: Where the element at (2, 1) lies: place 5 of the storage>
    """
    x = tensor if isinstance(tensor, Tensor) else from_numpy(np.asarray(tensor))
    return _Stored(x, None if index is None else as_index(x.layout, index)).picture()


def as_index(layout: Layout, index: Index | int) -> Index:
    """An index of one element, none of its numbers negative; an error if there is no such element."""
    given = index if isinstance(index, tuple) else (index,)
    if subscript(layout, given).shape != () or len(given) != len(layout.shape):
        raise MinigradError(f"one element of shape {layout.shape} has an index of {len(layout.shape)}, not {given}")
    return tuple(int(i) % size for i, size in zip(given, layout.shape, strict=True))


def stored_elements(x: Tensor) -> npt.NDArray[Any]:
    """The whole storage of a tensor, as it lies there."""
    size = int(x.storage.size)
    return np.asarray(x.backend.load(x.aliased(Layout((size,), (1,), 0))))


class _Stored:
    """One tensor's picture in the making."""

    def __init__(self, x: Tensor, index: Index | None) -> None:
        self.x = x
        self.layout = x.layout
        self.index = index
        self.elements = stored_elements(x)
        self.shown = list(shown_indices(self.layout.shape, index))
        self.shared = Counter(map(self.place, np.ndindex(*self.layout.shape))) if x.numel() <= COUNTED else Counter()
        words = [word(self.elements[self.place(index)]) for index in self.shown] or [""]
        self.width = min(WIDEST, max(NARROWEST + 4, max(text_width(each, mono=True) for each in words) + 12))
        self.places = self._places()

    def place(self, index: Index) -> int:
        """Where in the storage an element lies."""
        return self.layout.offset + position(index, self.layout.strides)

    def _places(self) -> list[int | None]:
        size = len(self.elements)
        if size <= (PLACES if self.index is None else 2 * LINE):
            return list(range(size))
        if self.index is not None:
            return window(size, [self.place(self.index)], min(LINE, int(WIDTH // self.width)) - 2)
        return window(size, sorted({self.place(index) for index in self.shown})[: PLACES // 2], PLACES)

    # The whole.

    def picture(self) -> Picture:
        """The picture."""
        layout = self.layout
        said = f"shape {layout.shape}, strides {layout.strides}, offset {layout.offset}"
        both = column(
            text(said, "mg-mono mg-strong"),
            self._logical(),
            Figure(1, 14),
            self._storage(),
            text(self._caption(), "mg-soft", size=12),
            gap=10,
        )
        both = self._joined(both)
        notes = [paragraph(each, "mg-soft", width=max(480.0, both.width)) for each in self._notes()]
        whole = column(both, self._sum(), self._check(), *notes, gap=12)
        style = drawsvg.Raw(f"<style>{self._rules()}</style>")
        return Picture(
            whole.with_marks(below=[style]).in_group("mg-strides"), self._title(), self._description(said), role="group"
        )

    def _caption(self) -> str:
        size = len(self.elements)
        if not size:
            return "the storage has no place"
        return (
            f"the storage: {size} places in a row; @2 is place 2"
            if size > 2
            else f"the storage; @{size - 1} is place {size - 1}"
        )

    def _title(self) -> str:
        if self.index is None:
            return f"Where the elements of a tensor of shape {self.layout.shape} lie in its storage"
        return f"Where the element at {self.index} lies: place {self.place(self.index)} of the storage"

    def _description(self, said: str) -> str:
        places = "; ".join(f"{index} at {self.place(index)}" for index in self.shown[:40])
        return (
            f"A tensor with {said}. {self._worked_out()} {' '.join(self._notes())} Places by index: {places}.".strip()
        )

    def _notes(self) -> Iterable[str]:
        shape, steps = self.layout.shape, self.layout.strides
        expanded = [dim for dim, size in enumerate(shape) if size > 1 and steps[dim] == 0]
        if expanded:
            each = math.prod(shape[dim] for dim in expanded)
            one = len(expanded) == 1
            which = f"Dimension {expanded[0]} was" if one else f"Dimensions {' and '.join(map(str, expanded))} were"
            yield f"{which} expanded: the stride is 0, and {each} cells share each place."
        elif self.shared and max(self.shared.values()) > 1:
            yield f"Cells share places: up to {max(self.shared.values())} of them one."
        unused = len(self.elements) - len(self.shared)
        if self.shared and unused:
            yield f"{unused} of the {len(self.elements)} places {'is' if unused == 1 else 'are'} not in this tensor."
        if len(self.shown) < math.prod(shape):
            yield f"{len(self.shown)} of {math.prod(shape)} cells are shown."

    # The sum.

    def _worked_out(self) -> str:
        if self.index is None:
            return ""
        products = [f"{i} · {stride}" for i, stride in zip(self.index, self.layout.strides, strict=True)]
        return f"{' + '.join([str(self.layout.offset), *products])} = {self.place(self.index)}."

    def _sum(self) -> Figure:
        if self.index is None:
            return EMPTY
        terms = [_term(str(self.layout.offset), "offset")]
        for dim, (i, stride) in enumerate(zip(self.index, self.layout.strides, strict=True)):
            terms += [_term("+", ""), _term(f"{i} · {stride}", f"dimension {dim}")]
        terms += [_term("=", ""), _term(str(self.place(self.index)), "place")]
        return row(*terms, gap=12, align="start")

    def _check(self) -> Figure:
        """Whether the tensor's element is what lies at the place: it is asked, not taken for granted."""
        if self.index is None:
            return EMPTY
        place = self.place(self.index)
        there = self.elements[place]
        here = self.x.detach()[self.index].item()
        same = bool(here == there) or (here != here and there != there)
        at = ", ".join(map(str, self.index)) or "()"
        if same:
            return text(f"✓ tensor[{at}] is {word(here)}, and so is place {place} of the storage", "mg-good mg-strong")
        return text(
            f"✗ tensor[{at}] is {word(here)}, and place {place} of the storage {word(there)}", "mg-bad mg-strong"
        )

    # The cells.

    def _cell(self, place: int, at: Place, said: str, note: str, classes: str, words: Sequence[str]) -> Any:
        x, y = at.middle
        parts: list[Any] = [
            drawsvg.Title(said),
            drawsvg.Rectangle(short(at.x + 0.5), short(at.y + 0.5), short(at.width - 1), short(at.height - 1), rx=3),
        ]
        size = min(13.0, 13.0 * (at.width - 4) / max(1.0, text_width(words[0], mono=True)))
        style = {} if size == 13 else {"style": f"font-size:{short(size)}px"}
        top = at.y + 17 if note else y + size * 0.36
        parts.append(drawsvg.Text(words[0], None, short(x), short(top), **style))
        if note:
            parts.append(drawsvg.Text(note, 10, short(x), short(at.bottom - 7), class_="mg-place"))
        colour = f"mg-t{place % THREAD_COLOURS} mg-at-{place}"
        more = {"tabindex": "0", "role": "img", "aria_label": said} if note and len(self.shown) <= TAB_STOPS else {}
        return drawsvg.Group(parts, class_=f"mg-cell mg-tint {colour} {classes}".strip(), **more)

    def _logical(self) -> Figure:
        shape = self.layout.shape
        if not self.shown:
            return text("no elements", "mg-soft")
        if len(shape) <= 2:
            return self._sheet(())
        fronts = sorted({index[:-2] for index in self.shown})
        sheets = [
            column(text(f"[{', '.join(map(str, front))}]", "mg-index mg-mono", size=11), self._sheet(front), gap=2)
            for front in fronts
        ]
        return flow(sheets, WIDTH, gap=26)

    def _sheet(self, front: Index) -> Figure:
        """The cells of the last two dimensions."""
        deep = len(self.layout.shape) - len(front)
        here = [index[len(front) :] for index in self.shown if index[: len(front)] == front]
        rows = sorted({index[0] for index in here}) if deep == 2 else [0]
        columns = sorted({index[-1] for index in here}) if deep else [0]
        left, top = (20.0 if deep == 2 else 0.0), (EDGE if deep else 0.0)
        marks: list[Any] = []
        places: dict[Any, Place] = {}
        ys, xs = offsets(rows, TALL, top), offsets(columns, self.width, left)
        for i, y in zip(rows, ys, strict=True):
            if deep == 2:
                marks.append(_number(i, left - 5, y + TALL / 2 + 4, "end"))
            for j, x in zip(columns, xs, strict=True):
                if deep and y == top:
                    marks.append(_number(j, x + self.width / 2, 10))
                index = (*front, *((i, j) if deep == 2 else (j,) if deep else ()))
                at = Place(x, y, self.width, TALL)
                places["cell", index] = at
                place = self.place(index)
                said = f"{list(index)} lies at place {place}"
                chosen = "mg-chosen" if index == self.index else ""
                marks.append(
                    self._cell(place, at, said, f"@{place}", f"mg-pick {chosen}", [word(self.elements[place])])
                )
        marks += [_dots("⋯", x - GAP / 2, top + 24) for x, step in zip(xs, left_out(columns), strict=True) if step]
        marks += [_dots("⋮", left + self.width / 2, y - 5) for y, step in zip(ys, left_out(rows), strict=True) if step]
        return Figure(xs[-1] + self.width, ys[-1] + TALL, tuple(marks), places)

    def _storage(self) -> Figure:
        """The places, in as many lines as it takes."""
        each = max(1, int(WIDTH // self.width))
        counted = any(count > 1 for count in self.shared.values())
        lines = [self.places[start : start + each] for start in range(0, len(self.places), each)]
        return column(*(self._line(line, counted) for line in lines), gap=8)

    def _line(self, line: Sequence[int | None], counted: bool) -> Figure:
        marks: list[Any] = []
        places: dict[Any, Place] = {}
        x = 0.0
        for place in line:
            if place is None:
                marks.append(_dots("⋯", x + GAP / 2, EDGE + 17))
                x += GAP
                continue
            at = Place(x, EDGE, self.width, HEIGHT)
            places["place", place] = at
            marks.append(_number(place, x + self.width / 2, 10))
            used = self.shared[place] if self.shared else 1
            said = f"place {place}: {used} cells" if used > 1 else f"place {place}"
            chosen = "mg-chosen" if self.index is not None and place == self.place(self.index) else ""
            marks.append(self._cell(place, at, said, "", chosen if used else "mg-unused", [word(self.elements[place])]))
            if used > 1:
                marks.append(_number(f"{used}×", x + self.width / 2, EDGE + HEIGHT + 12))
            x += self.width
        return Figure(x, EDGE + HEIGHT + (14.0 if counted else 0.0), tuple(marks), places)

    # What joins them.

    def _joined(self, both: Figure) -> Figure:
        if self.index is None:
            return both
        start, end = both.places["cell", self.index], both.places.get(("place", self.place(self.index)))
        if end is None:
            return both
        # It starts at the number within the cell, and ends above the number of the place.
        ends = (start.middle[0], start.bottom), (end.middle[0], end.y - EDGE - 1)
        return both.with_marks(below=arrow(*ends, "mg-link"))  # the cells that it crosses stay readable

    def _rules(self) -> str:
        """When a cell is pointed at or has the focus, everything at its place lights up."""
        rules = ["@supports selector(:has(*)){"]
        for place in {
            *(self.place(index) for index in self.shown),
            *(each for each in self.places if each is not None),
        }:
            there = f".mg-at-{place}"
            rules.append(f".mg-strides:has({there}:is(:hover,:focus)) {there} rect{{{_LIT}}}")
        return "".join([*rules, "}"])


_LIT = "fill:var(--mg-now);fill-opacity:1;stroke-width:3;stroke-opacity:1"


def _number(said: int | str, x: float, y: float, anchor: str = "middle") -> Any:
    return drawsvg.Text(str(said), 10, short(x), short(y), class_="mg-index", text_anchor=anchor)


def _dots(dots: str, x: float, y: float) -> Any:
    return drawsvg.Text(dots, 14, short(x), short(y), class_="mg-soft", text_anchor="middle")


def _term(said: str, name: str) -> Figure:
    return column(
        text(said, "mg-mono mg-strong", size=15),
        text(name, "mg-soft", size=11) if name else EMPTY,
        gap=0,
        align="middle",
    )
