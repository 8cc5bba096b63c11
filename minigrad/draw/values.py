"""One call of a plain function: its arguments, what it returned beside what was expected, and the mistake in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

import numpy as np

from minigrad.draw.cells import EDGE, HEIGHT, Cell, Indices, cell, cells, heat
from minigrad.draw.figure import EMPTY, Figure, Place, column, flow, framed, paragraph, row, text, text_width
from minigrad.draw.picture import Picture
from minigrad.draw.reading import MOST_ELEMENTS, Grid, Parts, Seen, Words, differing, printable, seen, told_apart, word
from minigrad.draw.run import Calls, Index

WIDTH = 720.0
"""What does not fit beside one another stands below one another."""

MOST_COLUMNS = 14
"""So many cells of a row are shown of a long one."""


def call(calls: Calls) -> Picture:
    """The picture of a call: what went in, what came out beside what should have, differing cells marked."""
    given, expected = seen(calls.given), seen(calls.expected)
    arguments = _arguments(calls.arguments)
    verdict = (
        text("✓ as expected", "mg-good mg-strong")
        if calls.agrees
        else paragraph(f"✗ {_line(calls.mistake)}", "mg-bad mg-strong", width=WIDTH)
    )
    if calls.given is None and calls.mistake.startswith("raised"):
        given = Words("nothing")
    returned = framed(_value(given, None if calls.agrees else expected), "returned")
    wanted = framed(_value(expected, None if calls.agrees else given, wrong="mg-right"), "expected")
    beside = returned.width + wanted.width + 20 <= WIDTH
    whole = column(
        paragraph(printable(calls.call, 200), "mg-mono mg-strong", width=WIDTH),
        flow(arguments, WIDTH, gap=24),
        row(returned, wanted, gap=20) if beside else column(returned, wanted),
        verdict,
        paragraph(_line(calls.remark), "mg-soft", width=WIDTH) if calls.remark.strip() else EMPTY,
        gap=14,
    )
    said = "as expected" if calls.agrees else _line(calls.mistake)
    return Picture(
        whole, _line(calls.title) or "a call", f"{printable(calls.call, 200)}: {said}. {_line(calls.remark)}"
    )


def _line(words: str) -> str:
    return printable(words.strip(), 600)


def _arguments(given: Mapping[str, Any]) -> list[Figure]:
    """Each under its name; those without numbers above their cells are moved down to stand in line with the others."""
    read = {name: seen(value) for name, value in given.items()}
    low = {name for name, what in read.items() if isinstance(what, Grid) and what.elements.ndim and what.elements.size}
    room = {name: EDGE if low and name not in low else 0.0 for name in read}
    return [
        column(
            text(printable(name, 24), "mg-mono mg-strong"),
            Figure(1, room[name] - 4) if room[name] else EMPTY,
            _value(what, None),
            gap=4,
        )
        for name, what in read.items()
    ]


def _value(what: Seen, beside: Seen | None, *, wrong: str = "mg-wrong") -> Figure:
    if isinstance(what, Words):
        return words(what.words, wrong if beside is not None and beside != what else "")
    if isinstance(what, Parts):
        return _parts(what, beside, wrong)
    return _grid(what, beside, wrong)


def words(said: str, kind: str = "") -> Figure:
    """Words in a cell that is as wide as they are."""
    place = Place(0, 0, text_width(said, mono=True) + 18, HEIGHT)
    return Figure(place.width, place.height, (cell(Cell(said, kind), place),))


def _parts(what: Parts, beside: Seen | None, wrong: str) -> Figure:
    others: dict[str, Seen | None] = {}
    if isinstance(beside, Parts):
        others = dict(beside.parts)
    lines = []
    for label, part in what.parts:
        other = others.get(label, Words("")) if isinstance(beside, Parts) else beside and Words("")
        low = EDGE if isinstance(part, Grid) and part.elements.ndim else 0.0
        key = column(Figure(1, low + 5), text(label, "mg-index mg-mono", size=11), gap=0)
        lines.append(row(key, _value(part, other, wrong=wrong), gap=8))
    more = text(f"and {what.more} more", "mg-soft", size=12) if what.more else EMPTY
    note = text(what.note, "mg-soft", size=12)
    return column(*lines, more, note, gap=8) if lines else note


def _grid(what: Grid, beside: Seen | None, wrong: str) -> Figure:
    marked = set(differing(what, beside)) if beside is not None else set()
    strange = beside is not None and not isinstance(beside, Grid)
    elements = what.elements
    look = _heat(what, beside)

    def looks(index: Index) -> Cell:
        here = elements[index]
        if strange:
            return Cell(word(here), wrong)
        if index not in marked:
            return look(here)
        other = beside.elements if isinstance(beside, Grid) else elements
        there = all(i < size for i, size in zip(index, other.shape, strict=True))
        return Cell(told_apart(here, other[index])[0] if there else word(here), wrong)

    numbered: Indices = "above" if elements.ndim else "none"
    focus = sorted(marked)[:8]
    drawn = cells("", elements.shape, looks, focus=focus, most=MOST_COLUMNS, indices=numbered)
    unlike = isinstance(beside, Grid) and beside.elements.shape != elements.shape
    note = what.note if not unlike or what.note else "a number"
    return column(drawn, text(note, "mg-bad" if unlike and wrong == "mg-wrong" else "mg-soft", size=12), gap=4)


def _heat(what: Grid, beside: Seen | None) -> Callable[[Any], Cell]:
    """How an element looks: matrices of one shape beside each other are coloured by their numbers, on one scale."""

    def plain(element: Any) -> Cell:
        return Cell(word(element))

    if not isinstance(beside, Grid) or what.elements.ndim != 2 or what.elements.shape != beside.elements.shape:
        return plain
    numbers = {what.elements.dtype.kind, beside.elements.dtype.kind} <= set("iuf")
    if not numbers or what.elements.size > MOST_ELEMENTS:
        return plain
    both = np.abs(np.concatenate([what.elements, beside.elements]).astype(float))
    largest = float(both[np.isfinite(both)].max(initial=0.0))

    def coloured(element: Any) -> Cell:
        return heat(element, largest) if isfinite(float(element)) else plain(element)

    return coloured
