"""The graph of a computation: what was computed from what, with the values and the gradients at its nodes."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import drawsvg
import numpy as np

from minigrad.draw.arrows import TIP
from minigrad.draw.cells import number
from minigrad.draw.figure import Figure, column, paragraph, short, text_width
from minigrad.draw.history import Vertex, nodes_of
from minigrad.draw.layered import arranged
from minigrad.draw.picture import Picture
from minigrad.draw.reading import Grid, printable, seen, word
from minigrad.errors import MinigradError
from minigrad.tensor import Tensor

LABELLED = 14
"""In a graph of up to so many nodes, slopes stand at the edges."""

LONGEST, LONG = 24, 12
"""So many letters of a value are shown, and in a larger graph; of a longer value its shape."""

NARROWEST = 340.0
"""The lines below the graph have at least so much room."""


def graph(result: Any, d: Tensor | None = None, **names: Any) -> Picture:
    """What ``result``, a tensor or a Value, was computed from.

    ``names`` says what tensors and Values are called: ``graph(loss, x=x, w=w)``. At each node stands its value, where
    it is known, and the gradient of the result by it. For a tensor that is worked out here, from ``d``, which is 1
    everywhere unless given; no ``grad`` is changed. For a Value it is the ``grad`` that it has.

    >>> import minigrad
    >>> x = minigrad.tensor(3.0, requires_grad=True)
    >>> graph(x * x + x, x=x)
    <picture: A computation of 3 nodes>
    """
    vertices, notes = nodes_of(result, d, names)
    return _Graph(vertices, notes).picture()


def small_graph(result: Any, most: int, width: float) -> Figure | None:
    """The whole graph alone, if it has no more nodes than this, fits, and can be drawn at all."""
    try:
        vertices, _ = nodes_of(result, None, {})
        drawn = _Graph(vertices, ()).figure() if len(vertices) <= most and "more" not in vertices else None
    except Exception:  # it may be anybody's object
        return None
    return drawn if drawn is not None and drawn.width <= width else None


class _Graph:
    """The picture in the making."""

    def __init__(self, vertices: Mapping[Hashable, Vertex], notes: Sequence[str]) -> None:
        self.vertices = vertices
        self.notes = notes
        most = LONGEST if len(vertices) <= LABELLED else LONG
        self.lines = {key: _lines(vertex, most) for key, vertex in vertices.items()}

    def picture(self) -> Picture:
        """The graph with what there is to say of it."""
        drawn = self.figure()
        known = any(vertex.gradient is not None for vertex in self.vertices.values())
        legend = "From left to right: what was computed from what." + (
            " Below each value, after ∂: the gradient of the result by it." if known else ""
        )
        width = max(NARROWEST, drawn.width)
        said = [paragraph(each, "mg-soft", width=width, size=12) for each in (legend, *self.notes)]
        count = sum(key != "more" for key in self.vertices)
        title = f"A computation of {count} node{'' if count == 1 else 's'}"
        return Picture(column(drawn, column(*said, gap=2), gap=14), title, self._description())

    def figure(self) -> Figure:
        """The graph alone."""
        sizes = {}
        for key, lines in self.lines.items():
            widest = max(text_width(said, size, mono=True) for said, _, size in lines)
            sizes[key] = (max(44.0, widest + 20), sum(size * 1.4 for _, _, size in lines) + 12)
        edges = [(parent, key) for key, vertex in self.vertices.items() for parent, _ in vertex.inputs]
        slopes = [slope for vertex in self.vertices.values() for _, slope in vertex.inputs]
        try:
            arrangement = arranged(sizes, edges, 56 if len(sizes) <= LABELLED else 30)
        except ValueError as error:
            raise MinigradError(
                "a computation goes on from what there is: here something was computed from itself"
            ) from error
        marks: list[Any] = []
        for way in arrangement.ways:
            marks += _edge(way)
        for key, place in arrangement.places.items():
            marks.append(self._box(key, place.x, place.y, *sizes[key]))
        if len(self.vertices) <= LABELLED:
            for (_, end), way, slope in zip(edges, arrangement.ways, slopes, strict=True):
                marks += _slope(way, slope, arrangement.places[end].middle[1])
        places = dict(arrangement.places)
        return Figure(arrangement.width, arrangement.height, tuple(marks), places)

    def _description(self) -> str:
        numbered = {key: place for place, key in enumerate(self.vertices, start=1)}
        told = []
        for key, vertex in self.vertices.items():
            of = " and ".join(str(numbered[parent]) for parent, _ in vertex.inputs)
            said = ", ".join(line for line, _, _ in self.lines[key]).replace("∂ ", "gradient ")
            told.append(f"{numbered[key]}: {said}{f', of {of}' if of else ''}")
        return f"Nodes in order. {'; '.join(told)}."

    def _box(self, key: Hashable, x: float, y: float, width: float, height: float) -> Any:
        kind = "mg-leaf" if self.vertices[key].leaf else ""
        edge = drawsvg.Rectangle(0.5, 0.5, short(width - 1), short(height - 1), rx=8 if kind else 4)
        parts: list[Any] = [edge]
        down = 6.0
        for said, look, size in self.lines[key]:
            parts.append(
                drawsvg.Text(said, size, short(width / 2), short(down + size * 1.05), class_=look, text_anchor="middle")
            )
            down += size * 1.4
        return drawsvg.Group(parts, class_=f"mg-node {kind}".strip(), transform=f"translate({short(x)},{short(y)})")


def _lines(vertex: Vertex, most: int) -> list[tuple[str, str, float]]:
    """What stands in a node: its name, its value, its gradient, each with its classes and size."""
    lines = [(vertex.name, "mg-mono mg-strong", 13.0)] if vertex.name else []
    value = _short(vertex.value, most)
    if not value and isinstance(vertex.gradient, Tensor):
        value = _shape(vertex.gradient.shape)
    if value:
        lines.append((value, "mg-mono", 13.0))
    if vertex.gradient is not None:
        lines.append((f"∂ {_short(vertex.gradient, most)}", "mg-mono mg-grad", 12.0))
    return lines or [("·", "mg-mono", 13.0)]


def _short(value: Any, most: int) -> str:
    """A value in a few letters: its numbers, or its shape."""
    if value is None:
        return ""
    what = seen(value.detach() if isinstance(value, Tensor) else value)
    if not isinstance(what, Grid):
        return printable(getattr(what, "words", "") or "…", most)
    said = _numbers(what.elements) if what.elements.size <= 12 else ""
    return said if said and len(said) <= most else _shape(what.elements.shape)


def _numbers(elements: Any) -> str:
    if np.ndim(elements) == 0:
        return word(np.asarray(elements)[()])
    return f"[{', '.join(_numbers(each) for each in elements)}]"


def _shape(shape: Sequence[int]) -> str:
    return " × ".join(map(str, shape)) + (" numbers" if len(shape) == 1 else "") if shape else "a number"


def _edge(way: Sequence[tuple[float, float]]) -> list[Any]:
    """A smooth line through the points of an edge, with a tip at its end."""
    (x, y), points = way[0], list(way[1:])
    end = points[-1]
    points[-1] = (end[0] - TIP, end[1])
    parts = [f"M{short(x)} {short(y)}"]
    for px, py in points:
        if py == y:
            parts.append(f"L{short(px)} {short(py)}")
        else:
            half = (x + px) / 2
            parts.append(f"C{short(half)} {short(y)} {short(half)} {short(py)} {short(px)} {short(py)}")
        x, y = px, py
    tip = f"M{short(end[0])} {short(end[1])}l{short(-TIP)} {short(-TIP / 2)}v{short(TIP)}z"
    return [drawsvg.Path(d="".join(parts), class_="mg-arrow"), drawsvg.Path(d=tip, class_="mg-tip")]


def _slope(way: Sequence[tuple[float, float]], slope: Any, middle: float) -> list[Any]:
    """How fast the end of an edge changes with its start, where that is known: above an upper edge, below a lower."""
    if not isinstance(slope, int | float):
        return []
    x, y = way[-1]
    down = 14 if y > middle + 1 else -5
    place = {"class_": "mg-index mg-halo", "text_anchor": "end"}
    return [drawsvg.Text(f"× {number(slope)}", 11, short(x - 10), short(y + down), **place)]
