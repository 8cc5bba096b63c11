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

MOST_NODES = 16
"""A graph of up to so many nodes is drawn."""

MOST_COLUMNS = (14, 10, 7)
"""So many cells of a row are shown of a long one: fewer, if two such rows are too wide to stand side by side."""


def call(calls: Calls) -> Picture:
    """The picture of a call: what went in, what came out beside what should have, differing cells marked."""
    given, expected = seen(calls.given), seen(calls.expected)
    arguments = _arguments(calls.arguments)
    if calls.given is None and calls.mistake.startswith("raised"):
        given = Words("nothing")
    returned = framed(_value(given, expected, "" if calls.agrees else "mg-wrong"), "returned")
    wanted = framed(_value(expected, given, "" if calls.agrees else "mg-right"), "expected")
    beside = returned.width + wanted.width + 20 <= WIDTH
    whole = column(
        _head(calls),
        flow(arguments, WIDTH, gap=24),
        row(returned, wanted, gap=20) if beside else column(returned, wanted),
        EMPTY if calls.agrees else _mistake(calls.mistake),
        _remark(calls.remark),
        gap=14,
    )
    said = "as expected" if calls.agrees else _line(calls.mistake)
    return Picture(
        whole, _line(calls.title) or "a call", f"{printable(calls.call, 200)}: {said}. {_line(calls.remark)}"
    )


def _head(calls: Calls) -> Figure:
    """What was called, how it stands beside the reference, and the call."""
    words, kind = ("✓ as expected", "mg-good") if calls.agrees else ("✗ not as expected", "mg-bad")
    title = text(_line(calls.title), "mg-strong", size=15)
    return column(
        row(title, text(words, f"mg-strong {kind}", size=14), gap=28),
        paragraph(printable(calls.call, 200), "mg-mono mg-strong", width=WIDTH),
        gap=6,
    )


def _mistake(words: str) -> Figure:
    """What is wrong, and below it what it looks like."""
    first, *more = _lines(words)
    parts = [paragraph(f"✗ {first}", "mg-bad mg-strong", width=WIDTH), *(paragraph(line, width=WIDTH) for line in more)]
    return column(*parts, gap=2)


def _remark(words: str) -> Figure:
    """Lines as they are; those that are indented show how numbers line up."""
    lines = [(line, "mg-soft mg-mono" if line.startswith(" ") else "mg-soft") for line in _lines(words)]
    return column(*(paragraph(line, kind, width=WIDTH) for line, kind in lines), gap=0)


def _lines(words: str) -> list[str]:
    return [printable(line, 600) for line in words.strip("\n").splitlines()[:12]] or [""]


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
            _graph(given[name]) or _value(what, None),
            gap=4,
        )
        for name, what in read.items()
    ]


def _graph(argument: Any) -> Figure | None:
    """A node with the graph that leads to it, if that is what it is and there is room for it."""
    try:
        is_node = isinstance(argument.inputs, tuple | list)
    except Exception:  # a learner's object may do anything when it is looked at
        return None
    if not is_node:
        return None
    from minigrad.draw.computation import small_graph

    return small_graph(argument, MOST_NODES, WIDTH)


def _value(what: Seen, beside: Seen | None, wrong: str = "") -> Figure:
    """What it is, in the colours that its numbers have together with those ``beside`` it.

    Where the two differ, cells are of the class ``wrong``, if there is one.
    """
    if isinstance(what, Words):
        return words(what.words, wrong if beside != what else "")
    return _parts(what, beside, wrong) if isinstance(what, Parts) else _grid(what, beside, wrong)


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
        other = others.get(label, Words("")) if beside is not None else None
        low = EDGE if isinstance(part, Grid) and part.elements.ndim else 0.0
        key = column(Figure(1, low + 5), text(label, "mg-index mg-mono", size=11), gap=0)
        lines.append(row(key, _value(part, other, wrong), gap=8))
    more = text(f"and {what.more} more", "mg-soft", size=12) if what.more else EMPTY
    note = text(what.note, "mg-soft", size=12)
    return column(*lines, more, note, gap=8) if lines else note


def _grid(what: Grid, beside: Seen | None, wrong: str) -> Figure:
    marked = set(differing(what, beside)) if wrong and beside is not None else set()
    strange = wrong and not isinstance(beside, Grid)
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
    for most in MOST_COLUMNS:
        drawn = cells("", elements.shape, looks, focus=focus, most=most, indices=numbered)
        if drawn.width <= WIDTH / 2 - 40:
            break
    unlike = wrong and isinstance(beside, Grid) and beside.elements.shape != elements.shape
    note = what.note if not unlike or what.note else "a number"
    return column(drawn, text(note, "mg-bad" if unlike and wrong == "mg-wrong" else "mg-soft", size=12), gap=4)


def _heat(what: Grid, beside: Seen | None) -> Callable[[Any], Cell]:
    """How an element looks: matrices of one shape beside each other are coloured by their numbers, on one scale."""

    def plain(element: Any) -> Cell:
        return Cell(word(element))

    both = [_floats(each.elements) for each in (what, beside) if isinstance(each, Grid)]
    one, other = both if len(both) == 2 else (None, None)
    if one is None or other is None or one.ndim < 2 or one.shape != other.shape:
        return plain
    sizes = np.abs(np.stack([one, other]))
    largest = float(sizes[np.isfinite(sizes)].max(initial=0.0))

    def coloured(element: Any) -> Cell:
        return heat(element, largest) if isfinite(float(element)) else plain(element)

    return coloured


def _floats(elements: Any) -> Any:
    """Numbers as an array of floats; None if they are none, or too many."""
    kinds = {type(each) for each in elements.flat} if elements.dtype == object and elements.size < MOST_ELEMENTS else {}
    if elements.size > MOST_ELEMENTS or elements.dtype.kind not in "iufO" or not set(kinds) <= {int, float}:
        return None
    try:
        return elements.astype(float)
    except OverflowError:
        return None
