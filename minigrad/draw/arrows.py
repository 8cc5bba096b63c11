"""Arrows between places, straight or with a bow, and boxes joined by labelled arrows, as in x → G(x)."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot
from typing import Any

import drawsvg

from minigrad.draw.figure import Figure, Place, column, pad, row, short, text, text_width

TIP = 7.0

Point = tuple[float, float]


def arrow(start: Place | Point, end: Place | Point, kind: str = "", *, bow: float = 0.0) -> list[Any]:
    """An arrow from one place to another, as marks.

    It leaves and arrives at the middle of the sides that face each other. ``bow`` bends it to its left (negative: to
    its right), in parts of its length. ``kind`` are classes, such as ``mg-write mg-t3``.
    """
    a, b = _ends(start, end)
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = hypot(dx, dy) or 1.0
    middle = ((a[0] + b[0]) / 2 + dy * bow, (a[1] + b[1]) / 2 - dx * bow)
    towards = (b[0] - middle[0], b[1] - middle[1]) if bow else (dx, dy)
    far = hypot(*towards) or 1.0
    ux, uy = towards[0] / far, towards[1] / far
    tip = TIP if "mg-write" not in kind else TIP * 1.35
    tip = min(tip, length)
    neck = (b[0] - ux * tip, b[1] - uy * tip)
    way = f"M{_at(a)}" + (f"Q{_at(middle)} {_at(neck)}" if bow else f"L{_at(neck)}")
    wide = tip * 0.5
    sides = [(neck[0] - uy * wide, neck[1] + ux * wide), (neck[0] + uy * wide, neck[1] - ux * wide)]
    colour = " ".join(word for word in kind.split() if word != "mg-write")
    return [
        drawsvg.Path(d=way, class_=f"mg-arrow {kind}".strip()),
        drawsvg.Path(d=f"M{_at(b)}L{_at(sides[0])}L{_at(sides[1])}Z", class_=f"mg-tip {colour}".strip()),
    ]


def _ends(start: Place | Point, end: Place | Point) -> tuple[Point, Point]:
    if not isinstance(start, Place) and not isinstance(end, Place):
        return start, end
    a, b = _box(start), _box(end)
    if b.y >= a.bottom:  # below
        return (a.middle[0], a.bottom), (b.middle[0], b.y)
    if b.bottom <= a.y:  # above
        return (a.middle[0], a.y), (b.middle[0], b.bottom)
    if b.x >= a.middle[0]:
        return (a.right, a.middle[1]), (b.x, b.middle[1])
    return (a.x, a.middle[1]), (b.right, b.middle[1])


def _box(at: Place | Point) -> Place:
    return at if isinstance(at, Place) else Place(*at, 0, 0)


def _at(point: Point) -> str:
    return f"{short(point[0])} {short(point[1])}"


def box(words: str, note: str = "") -> Figure:
    """A word in a rounded box, with a note below it."""
    inside = pad(text(words, "mg-mono mg-strong", size=15), 12, 7)
    edge = drawsvg.Rectangle(0, 0, short(inside.width), short(inside.height), rx=6)
    boxed = inside.with_marks(below=[drawsvg.Group([edge], class_="mg-box")]).named(words)
    return column(boxed, text(note, "mg-soft", size=12), gap=4, align="middle") if note else boxed


def joined(boxes: Sequence[Figure], labels: Sequence[str]) -> Figure:
    """Boxes in a row with an arrow from each to the next, and a label above each arrow."""
    if len(labels) != len(boxes) - 1:
        raise ValueError(f"{len(boxes)} boxes have {len(boxes) - 1} arrows between them, given {len(labels)} labels")
    parts: list[Figure] = []
    for position, each in enumerate(boxes):
        parts.append(each)
        if position < len(labels):
            words = labels[position]
            room = text_width(words, 12, mono=True) + 28
            across = arrow((2, 9), (room - 2, 9))
            line = Figure(room, 18, tuple(across))
            above = text(words, "mg-mono", size=12)
            parts.append(column(above, line, Figure(1, above.height), gap=0, align="middle"))
    return row(*parts, gap=4, align="middle")
