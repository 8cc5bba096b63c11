"""Symbols with subscripts and superscripts, in cells, in circles and on arrows: what formulas are drawn with.

They are written as ``x_M``, ``G^N`` or ``d_{12}``.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from html import escape
from math import hypot
from typing import Any

import drawsvg

from minigrad.draw.arrows import arrow
from minigrad.draw.figure import Figure, Place, short, text_width

_RAISED = re.compile(r"([_^])(\{[^}]*\}|.)")
SMALL = 0.72
"""The size of a subscript by that of its letter."""


def written(words: str, size: float, middle: float, baseline: float, kind: str = "", anchor: str = "middle") -> Any:
    """A line of text with subscripts and superscripts, as a mark."""
    parts: list[str] = []
    shift = 0.0
    for position, part in enumerate(_RAISED.split(words)):
        if position % 3 == 1 or not part:
            continue
        if position % 3 == 0:
            parts.append(f'<tspan dy="{short(-shift)}">{escape(part)}</tspan>' if shift else escape(part))
            shift = 0.0
            continue
        mark = _RAISED.findall(words)[position // 3][0]
        here = size * (0.26 if mark == "_" else -0.36)
        small = max(9.0, size * SMALL)
        moved = short(here - shift)
        parts.append(f'<tspan dy="{moved}" style="font-size:{short(small)}px">{escape(part.strip("{}"))}</tspan>')
        shift = here
    classes = f' class="{kind}"' if kind else ""
    return drawsvg.Raw(
        f'<text x="{short(middle)}" y="{short(baseline)}" text-anchor="{anchor}"{classes} '
        f'style="font-size:{short(size)}px">{"".join(parts)}</text>'
    )


def symbol_width(words: str, size: float) -> float:
    """About how wide it is."""
    raised = sum(len(part.strip("{}")) for _, part in _RAISED.findall(words))
    return text_width(_RAISED.sub("", words), size, mono=True) + text_width("x" * raised, size * SMALL, mono=True)


def symbol(words: str, kind: str = "mg-mono", *, size: float = 13, width: float | None = None) -> Figure:
    """A symbol by itself, in the middle of its ``width``."""
    width = symbol_width(words, size) if width is None else width
    return Figure(width, size * 1.4, (written(words, size, width / 2, size * 1.05, kind),))


def symbol_cell(
    key: Hashable, words: str, kind: str = "", *, width: float = 40, height: float = 30, size: float = 13
) -> Figure:
    """A cell with a symbol in it; its place has the name ``key``."""
    rect = drawsvg.Rectangle(0.5, 0.5, short(width - 1), short(height - 1), rx=3)
    said = [written(words, size, width / 2, height / 2 + size * 0.36)] if words else []
    group = drawsvg.Group([rect, *said], class_=f"mg-cell {kind}".strip())
    return Figure(width, height, (group,), {key: Place(0, 0, width, height)})


def circle(key: Hashable, words: str, kind: str = "", *, radius: float = 21) -> Figure:
    """A circle with a symbol in it; its place has the name ``key``."""
    round_ = drawsvg.Circle(short(radius), short(radius), short(radius - 1))
    group = drawsvg.Group(
        [round_, written(words, 14, radius, radius + 5, "mg-mono")], class_=f"mg-circle {kind}".strip()
    )
    return Figure(2 * radius, 2 * radius, (group,), {key: Place(0, 0, 2 * radius, 2 * radius)})


def between_circles(start: Place, end: Place, kind: str = "", *, room: float = 3) -> list[Any]:
    """An arrow from one circle to another, edge to edge."""
    (x1, y1), (x2, y2) = start.middle, end.middle
    far = hypot(x2 - x1, y2 - y1)
    ux, uy = (x2 - x1) / far, (y2 - y1) / far
    leave, arrive = start.width / 2 + room, end.width / 2 + room
    return arrow((x1 + ux * leave, y1 + uy * leave), (x2 - ux * arrive, y2 - uy * arrive), kind)


def ring(place: Place, kind: str, *, room: float = 4) -> Any:
    """A line round a place, as a mark."""
    return drawsvg.Rectangle(
        short(place.x - room),
        short(place.y - room),
        short(place.width + 2 * room),
        short(place.height + 2 * room),
        rx=6,
        class_=f"mg-ring {kind}",
    )
