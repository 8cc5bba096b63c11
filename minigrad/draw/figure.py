"""A small layout layer: figures that know their size, put beside and below one another.

A :class:`Figure` is drawsvg elements with a width, a height and *places*: rectangles that have names, such as the cell
of an array, so that an arrow can be drawn from one to another wherever they have come to stand. Figures are values;
:func:`row`, :func:`column` and the rest make new ones. Lengths are pixels, y grows downwards.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import drawsvg

MONO_ASPECT, SANS_ASPECT = 0.61, 0.53
"""The width of a letter by the size of its font: of a monospaced one exactly, of others on the average."""

BOLDER = 1.15
"""So much wider is a bold letter of a font that is not monospaced."""

LETTER = 13.0
"""The usual size of letters."""

Align = Literal["start", "middle", "end"]


class Place(NamedTuple):
    """A rectangle in a figure."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.width / 2, self.y + self.height / 2

    def moved(self, x: float, y: float) -> Place:
        return Place(self.x + x, self.y + y, self.width, self.height)


@dataclass(frozen=True)
class Figure:
    """Something drawn, ``width`` by ``height``, with its upper left corner at (0, 0)."""

    width: float
    height: float
    marks: tuple[Any, ...] = ()
    places: Mapping[Hashable, Place] = field(default_factory=dict)

    def moved(self, x: float, y: float) -> Figure:
        """The same, further right and further down."""
        if not x and not y:
            return self
        group = drawsvg.Group(children=list(self.marks), transform=f"translate({short(x)},{short(y)})")
        places = {key: place.moved(x, y) for key, place in self.places.items()}
        return Figure(self.width + x, self.height + y, (group,) if self.marks else (), places)

    def named(self, key: Hashable) -> Figure:
        """The same, with a name for the whole."""
        whole = Place(0, 0, self.width, self.height)
        return Figure(self.width, self.height, self.marks, {**self.places, key: whole})

    def with_marks(self, *marks: Any, below: Sequence[Any] = ()) -> Figure:
        """The same, with more drawn on top of it, or ``below`` it."""
        return Figure(self.width, self.height, (*below, *self.marks, *marks), self.places)

    def in_group(self, kind: str) -> Figure:
        """The same, in an SVG group of class ``kind``."""
        return Figure(self.width, self.height, (drawsvg.Group(children=list(self.marks), class_=kind),), self.places)


EMPTY = Figure(0, 0)


def short(number: float) -> str:
    """A length as it is written into a file: one decimal place at most."""
    return f"{number:.1f}".removesuffix(".0")


def row(*figures: Figure, gap: float = 12, align: Align = "start") -> Figure:
    """Figures beside one another."""
    shown = [figure for figure in figures if figure.width or figure.height]
    height = max((figure.height for figure in shown), default=0)
    x = 0.0
    marks: list[Any] = []
    places: dict[Hashable, Place] = {}
    for figure in shown:
        moved = figure.moved(x, _offset(height - figure.height, align))
        marks += moved.marks
        places.update(moved.places)
        x += figure.width + gap
    return Figure(max(0.0, x - gap), height, tuple(marks), places)


def column(*figures: Figure, gap: float = 12, align: Align = "start") -> Figure:
    """Figures below one another."""
    shown = [figure for figure in figures if figure.width or figure.height]
    width = max((figure.width for figure in shown), default=0)
    y = 0.0
    marks: list[Any] = []
    places: dict[Hashable, Place] = {}
    for figure in shown:
        moved = figure.moved(_offset(width - figure.width, align), y)
        marks += moved.marks
        places.update(moved.places)
        y += figure.height + gap
    return Figure(width, max(0.0, y - gap), tuple(marks), places)


def _offset(room: float, align: Align) -> float:
    return {"start": 0.0, "middle": room / 2, "end": room}[align]


def flow(figures: Sequence[Figure], width: float, gap: float = 16) -> Figure:
    """Figures beside one another, and on further lines where ``width`` is used up."""
    lines: list[list[Figure]] = [[]]
    used = 0.0
    for figure in figures:
        if lines[-1] and used + figure.width > width:
            lines.append([])
            used = 0.0
        lines[-1].append(figure)
        used += figure.width + gap
    return column(*(row(*line, gap=gap) for line in lines), gap=gap)


def pad(figure: Figure, x: float, y: float | None = None) -> Figure:
    """Room on the left and right of it, above and below it."""
    y = x if y is None else y
    moved = figure.moved(x, y)
    return Figure(moved.width + x, moved.height + y, moved.marks, moved.places)


def text_width(words: str, size: float = LETTER, *, mono: bool = False) -> float:
    """About how wide these words are."""
    return len(words) * size * (MONO_ASPECT if mono else SANS_ASPECT)


def text(words: str, kind: str = "", *, size: float = LETTER) -> Figure:
    """One line of text. ``kind`` are classes: ``mg-mono``, ``mg-soft``, ``mg-strong``, ``mg-bad``, ``mg-good``."""
    if not words:
        return EMPTY
    mark = drawsvg.Text(words, size, 0, short(size * 1.05), **({"class_": kind} if kind else {}))
    return Figure(len(words) * size * _aspect(kind), size * 1.4, (mark,))


def _aspect(kind: str) -> float:
    """The width of a letter with these classes by the size of its font."""
    if "mg-mono" in kind:
        return MONO_ASPECT
    return SANS_ASPECT * (BOLDER if "mg-strong" in kind else 1)


def paragraph(words: str, kind: str = "", *, width: float, size: float = LETTER) -> Figure:
    """Text in as many lines as it takes; a line break in it stays one."""
    most = max(10, int(width / (size * _aspect(kind))))
    return column(*(text(line, kind, size=size) for line in _lines(words, most)), gap=0)


def _lines(words: str, most: int) -> list[str]:
    from textwrap import wrap

    return [line for part in words.splitlines() for line in wrap(part, most)]


def framed(figure: Figure, label: str = "", *, room: float = 10) -> Figure:
    """A rounded frame around it, with a label at its upper edge."""
    inside = column(text(label, "mg-soft", size=12), figure, gap=6) if label else figure
    padded = pad(inside, room)
    edge = drawsvg.Rectangle(0.5, 0.5, short(padded.width - 1), short(padded.height - 1), rx=6, class_="mg-frame")
    return padded.with_marks(below=[edge])


def over(figure: Figure, *marks: Any) -> Figure:
    """Marks in the figure's own coordinates on top of it, such as arrows between its places."""
    return figure.with_marks(*marks)
