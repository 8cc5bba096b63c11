"""Arrays as cells: a row, a matrix, or matrices beside one another, with indices along the edges.

An array that is too long is shown in part: its beginning, its end and what matters, with a gap that says how much was
left out. A :class:`Cell` says how one of them looks.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from math import isfinite
from typing import Any, Literal

import drawsvg
import numpy as np

from minigrad.draw.figure import EMPTY, Figure, Place, column, flow, row, short, text, text_width

HEIGHT = 26.0
NARROWEST, WIDEST = 30.0, 92.0
GAP = 22.0
"""Room for the dots that stand for what was left out."""

EDGE = 14.0
"""Room for the numbers of the cells."""

MOST = 24
"""So many cells of a row are shown, and of a column half as many."""

Index = tuple[int, ...]
Indices = Literal["above", "below", "none"]
"""Where the numbers of a row's cells stand; a matrix has them above and on the left, or none."""


@dataclass(frozen=True)
class Cell:
    """How a cell looks: what stands in it, its classes, what is said of it when pointed at, how strong its colour."""

    text: str = ""
    kind: str = ""
    tip: str = ""
    strength: float | None = None


def number(value: Any) -> str:
    """A number as short as it can be read: ``10``, ``0.333``, ``1.2e6``, ``nan``; None is a cell never written."""
    if value is None:
        return "·"
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, int | np.integer):
        return str(value) if abs(int(value)) < 10**7 else f"{int(value):.1e}"
    if isinstance(value, float | np.floating):
        number = float(value)
        if not isfinite(number):
            return str(number)
        if number == int(number) and abs(number) < 10**6:
            return str(int(number))
        return f"{number:.3g}".replace("e+0", "e").replace("e-0", "e-")
    return str(value)


def counted(count: int, word: str, plural: str = "") -> str:
    """So many of them, in words: ``1 cell``, ``2 cells``, ``2 branches``."""
    return f"{count} {word}" if count == 1 else f"{count} {plural or word + 's'}"


def window(size: int, focus: Iterable[int] = (), most: int = MOST) -> list[int | None]:
    """Which of ``size`` positions are shown: all, or the ends and those around ``focus``. None stands for a gap."""
    if size <= most:
        return list(range(size))
    wanted = sorted({each for each in focus if 0 <= each < size})
    kept = {0, 1, size - 1}
    for near in (0, 1, 2, 3):
        for each in wanted:
            for position in (each - near, each + near):
                if 0 <= position < size and len(kept) < most - 2:
                    kept.add(position)
    position = 0
    while len(kept) < most - 2:
        kept.add(position)
        position += 1
    shown: list[int | None] = []
    for position in sorted(kept):
        if shown and shown[-1] is not None and position != shown[-1] + 1:
            shown.append(None)
        shown.append(position)
    return shown


def cells(
    name: str,
    shape: Sequence[int],
    look: Callable[[Index], Cell],
    *,
    label: str | None = None,
    focus: Sequence[Index] = (),
    most: int = MOST,
    outside: Sequence[Index] = (),
    indices: Indices = "above",
) -> Figure:
    """An array of any number of dimensions; the place of an element has the name ``(name, index)``.

    ``look`` says how each cell looks. ``label`` stands before it (``name``, unless given). Where there is no room for
    all, what is near ``focus`` is shown. ``outside`` are indices that do not exist and were used all the same: for an
    array of one dimension they are drawn beyond its end. ``indices`` says where the numbers of the cells stand.
    """
    label = name if label is None else label
    shape = tuple(shape)
    head = text(label, "mg-mono mg-strong")
    if 0 in shape and not outside:
        return row(head, text("no elements", "mg-soft", size=12), gap=8, align="middle")
    if len(shape) <= 1:
        body = _line(name, shape, look, focus, most, outside, indices)
        return row(head, body, gap=8, align="end") if label else body
    if len(shape) == 2:
        body = _matrix(name, shape, look, (), focus, most, indices)
        return column(head, body, gap=4) if label else body
    sheets = []
    fronts = list(product(*map(range, shape[:-2])))
    shown = window(len(fronts), [fronts.index(each[:-2]) for each in focus if each[:-2] in fronts], 6)
    for position in shown:
        if position is None:
            sheets.append(text("⋯", "mg-soft", size=16))
            continue
        front = fronts[position]
        caption = text(f"[{', '.join(map(str, front))}]", "mg-index", size=11)
        near = [each for each in focus if each[:-2] == front]
        sheets.append(column(caption, _matrix(name, shape, look, front, near, most, indices), gap=2))
    return column(head, flow(sheets, 900), gap=4) if label else flow(sheets, 900)


def cell_width(words: Iterable[str]) -> float:
    """How wide cells are in which these words stand."""
    longest = max((text_width(each, mono=True) for each in words), default=0)
    return min(WIDEST, max(NARROWEST, longest + 12))


def _line(
    name: str,
    shape: Index,
    look: Callable[[Index], Cell],
    focus: Sequence[Index],
    most: int,
    outside: Sequence[Index],
    indices: Indices,
) -> Figure:
    if not shape:
        return cell_row([(name, ())], [look(())], [""], "none")
    size = shape[0]
    beyond = sorted({each for each in outside if len(each) == 1})
    before = [each for each in beyond if each[0] < 0][-3:]
    after = [each for each in beyond if each[0] >= size][:3]
    inside = window(size, [each[0] for each in focus if each], most)
    positions: list[Index | None] = [*before, *(None if each is None else (each,) for each in inside)]
    if after and after[0][0] > size and size:
        positions.append(None)
    for position, each in enumerate(after):
        if position and each[0] > after[position - 1][0] + 1:
            positions.append(None)
        positions.append(each)
    strange = {*before, *after}
    looks = [
        None if index is None else Cell("", "mg-outside") if index in strange else look(index) for index in positions
    ]
    keys = [None if index is None else (name, index) for index in positions]
    numbers = ["" if index is None else str(index[0]) for index in positions]
    return cell_row(keys, looks, numbers, indices)


def cell_row(
    keys: Sequence[Any],
    looks: Sequence[Cell | None],
    numbers: Sequence[str],
    indices: Indices = "above",
    width: float | None = None,
) -> Figure:
    """Cells beside one another; None is a gap. ``numbers`` stand above or below them, small."""
    if width is None:
        width = cell_width(each.text for each in looks if each is not None)
    top = EDGE if indices == "above" else 0.0
    edge = 10.0 if indices == "above" else HEIGHT + 11
    marks: list[Any] = []
    places: dict[Hashable, Place] = {}
    x = 0.0
    for position, (key, each) in enumerate(zip(keys, looks, strict=True)):
        if each is None:
            marks.append(drawsvg.Text("⋯", 14, short(x + GAP / 2), top + 17, class_="mg-soft", text_anchor="middle"))
            x += GAP
            continue
        if indices != "none" and numbers[position]:
            marks.append(_edge(numbers[position], x + width / 2, edge))
        place = Place(x, top, width, HEIGHT)
        marks.append(cell(each, place))
        places[key] = place
        x += width
    height = HEIGHT + (0.0 if indices == "none" else EDGE)
    return Figure(x, height, tuple(marks), places)


def _edge(words: str, x: float, y: float, anchor: str = "middle") -> Any:
    return drawsvg.Text(words, 10, short(x), short(y), class_="mg-index", text_anchor=anchor)


def cell(look: Cell, place: Place) -> Any:
    """One cell, as an element."""
    more = {} if look.strength is None else {"fill_opacity": f"{look.strength:.2f}"}
    edge = drawsvg.Rectangle(
        short(place.x + 0.5), short(place.y + 0.5), short(place.width - 1), short(place.height - 1), rx=3, **more
    )
    parts: list[Any] = [drawsvg.Title(look.tip)] if look.tip else []
    parts.append(edge)
    if "mg-wrong" in look.kind:
        corner = f"M{short(place.right - 9)} {short(place.y + 1)}h8v8z"
        parts.append(drawsvg.Path(d=corner, class_="mg-corner"))
    if look.text:
        x, y = place.middle
        fits = text_width(look.text, mono=True) <= place.width - 4
        size = 13.0 if fits else 13.0 * (place.width - 4) / text_width(look.text, mono=True)
        style = {} if fits else {"style": f"font-size:{short(size)}px"}
        parts.append(drawsvg.Text(look.text, None, short(x), short(y + size * 0.36), **style))
    return drawsvg.Group(parts, class_=f"mg-cell {look.kind}".strip())


def _matrix(
    name: str,
    shape: Index,
    look: Callable[[Index], Cell],
    front: Index,
    focus: Sequence[Index],
    most: int,
    indices: Indices,
) -> Figure:
    rows = window(shape[-2], [each[-2] for each in focus], max(4, most // 2))
    columns = window(shape[-1], [each[-1] for each in focus], most)
    looks = {(i, j): look((*front, i, j)) for i in rows for j in columns if i is not None and j is not None}
    if not looks:
        return EMPTY
    width = cell_width(each.text for each in looks.values())
    numbered = indices != "none"
    left, top = (20.0, EDGE) if numbered else (0.0, 0.0)
    marks: list[Any] = []
    places: dict[Hashable, Place] = {}
    y = top
    right = left
    for i in rows:
        if i is None:
            marks.append(drawsvg.Text("⋮", 14, short(left + width / 2), short(y + 13), class_="mg-soft"))
            y += GAP - 4
            continue
        if numbered:
            marks.append(_edge(str(i), left - 5, y + HEIGHT / 2 + 4, "end"))
        x = left
        for j in columns:
            if j is None:
                if y == top:
                    marks.append(drawsvg.Text("⋯", 14, short(x + 4), top + 17, class_="mg-soft"))
                x += GAP
                continue
            if numbered and y == top:
                marks.append(_edge(str(j), x + width / 2, 10))
            place = Place(x, y, width, HEIGHT)
            marks.append(cell(looks[i, j], place))
            places[name, (*front, i, j)] = place
            x += width
        right = max(right, x)
        y += HEIGHT
    return Figure(right, y, tuple(marks), places)


def heat(value: Any, largest: float) -> Cell:
    """A number on a scale of two colours: negative, nothing, positive; ``largest`` is as strong as it gets."""
    if value is None:
        return Cell(number(None), "mg-unwritten")
    amount = float(value)
    if not isfinite(amount):
        return Cell(number(value), "mg-wrong")
    if amount == 0:
        return Cell("0", "mg-faint")
    strength = 0.15 + 0.45 * min(1.0, abs(amount) / largest if largest else 1.0)
    return Cell(number(value), "mg-positive" if amount > 0 else "mg-negative", strength=strength)
