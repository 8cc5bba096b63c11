"""Where the boxes of a graph without cycles stand: in layers from left to right, with few crossings.

A box stands just before the first of those that it leads to, and the last ones stand as many layers from the beginning
as the longest way there has steps. An edge that passes over layers has a way through each. Within a layer, boxes are
ordered by where their neighbours stand, which is the usual simple rule against crossings.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from minigrad.draw.figure import Place

Vertex = Hashable
Edge = tuple[Hashable, Hashable]
Point = tuple[float, float]

BELOW = 18.0
"""Between the boxes of a layer."""

SWEEPS = 6


class Arrangement(NamedTuple):
    """A place for each vertex, and for each edge the points that it goes through, its ends included."""

    places: Mapping[Vertex, Place]
    ways: Sequence[Sequence[Point]]
    width: float
    height: float


class _Bend(NamedTuple):
    """Where an edge passes a layer."""

    edge: int
    layer: int


def arranged(sizes: Mapping[Vertex, tuple[float, float]], edges: Sequence[Edge], apart: float = 56) -> Arrangement:
    """A layered arrangement of boxes of these sizes (width, height), with layers so far ``apart``.

    An edge may be there more than once. A cycle is a ValueError.
    """
    layer = layers(list(sizes), edges)
    ways: list[list[Vertex]] = []
    for number, (start, end) in enumerate(edges):
        ways.append([start, *(_Bend(number, at) for at in range(layer[start] + 1, layer[end])), end])
    standing: list[list[Vertex]] = [[] for _ in range(max(layer.values(), default=-1) + 1)]
    for vertex in sizes:
        standing[layer[vertex]].append(vertex)
    before: dict[Vertex, list[Vertex]] = {}
    after: dict[Vertex, list[Vertex]] = {}
    for way in ways:
        for bend in way[1:-1]:
            standing[bend.layer if isinstance(bend, _Bend) else 0].append(bend)
        for one, other in pairwise(way):
            after.setdefault(one, []).append(other)
            before.setdefault(other, []).append(one)
    _order(standing, before, after)
    heights = {vertex: sizes[vertex][1] if vertex in sizes else 4.0 for column in standing for vertex in column}
    middles = _middles(standing, heights, before, after)
    return _placed(sizes, standing, middles, edges, ways, apart)


def layers(vertices: Sequence[Vertex], edges: Sequence[Edge]) -> dict[Vertex, int]:
    """The layer of each vertex.

    >>> layers("abcd", [("a", "b"), ("b", "c"), ("d", "c")])
    {'a': 0, 'd': 1, 'b': 1, 'c': 2}
    """
    leads: dict[Vertex, list[Vertex]] = {vertex: [] for vertex in vertices}
    waits = dict.fromkeys(vertices, 0)
    for start, end in edges:
        leads[start].append(end)
        waits[end] += 1
    sources = [vertex for vertex in vertices if not waits[vertex]]
    layer = dict.fromkeys(sources, 0)
    ready = list(sources)
    found: list[Vertex] = []
    while ready:
        vertex = ready.pop()
        found.append(vertex)
        for end in leads[vertex]:
            layer[end] = max(layer.get(end, 0), layer[vertex] + 1)
            waits[end] -= 1
            if not waits[end]:
                ready.append(end)
    if len(found) < len(vertices):
        raise ValueError("a graph with a cycle has no layers")
    for vertex in reversed(found):  # as late as may be: no edge is longer than it must
        if leads[vertex]:
            layer[vertex] = min(layer[end] for end in leads[vertex]) - 1
    first = min(layer.values(), default=0)
    layer = {vertex: at - first for vertex, at in layer.items()}
    return {vertex: layer[vertex] for vertex in sorted(layer, key=lambda each: layer[each])}


def _order(
    standing: list[list[Vertex]], before: Mapping[Vertex, list[Vertex]], after: Mapping[Vertex, list[Vertex]]
) -> None:
    """Put the vertices of each layer near their neighbours, there and back again."""
    for sweep in range(SWEEPS):
        forwards = sweep % 2 == 0
        near = before if forwards else after
        for at in range(1, len(standing)) if forwards else range(len(standing) - 2, -1, -1):
            beside = {vertex: place for place, vertex in enumerate(standing[at - 1 if forwards else at + 1])}
            means = {}
            for place, vertex in enumerate(standing[at]):
                seen = [beside[each] for each in near.get(vertex, ()) if each in beside]
                means[vertex] = sum(seen) / len(seen) if seen else place
            standing[at].sort(key=means.__getitem__)


def _middles(
    standing: Sequence[Sequence[Vertex]],
    heights: Mapping[Vertex, float],
    before: Mapping[Vertex, list[Vertex]],
    after: Mapping[Vertex, list[Vertex]],
) -> dict[Vertex, float]:
    """How far down the middle of each is: near its neighbours', and never closer than they may be."""
    middle: dict[Vertex, float] = {}
    for column in standing:
        y = 0.0
        for vertex in column:
            middle[vertex] = y + heights[vertex] / 2
            y += heights[vertex] + BELOW
        for vertex in column:
            middle[vertex] -= y / 2
    for sweep in range(SWEEPS):
        near = before if sweep % 2 == 0 else after
        for column in standing if sweep % 2 == 0 else standing[::-1]:
            wanted = []
            for vertex in column:
                seen = [middle[each] for each in near.get(vertex, ())]
                wanted.append(sum(seen) / len(seen) if seen else middle[vertex])
            for vertex, y in zip(column, _spaced(wanted, [heights[each] for each in column]), strict=True):
                middle[vertex] = y
    return middle


def _spaced(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """The middles that are wanted, in this order, moved until nothing overlaps; neighbours share the way."""
    # Boxes that would touch are joined to blocks, and a block stands where its boxes want to be on the average.
    blocks: list[tuple[float, int, float]] = []  # the sum of what is wanted of its first box, its boxes, its height
    for y, height in zip(wanted, heights, strict=True):
        block = (y - height / 2, 1, height + BELOW)
        while blocks:
            total, count, high = blocks[-1]
            if total / count + high <= block[0] / block[1]:
                break
            blocks.pop()
            block = (total + block[0] - high * block[1], count + block[1], high + block[2])
        blocks.append(block)
    found: list[float] = []
    for total, count, _ in blocks:
        y = total / count
        for _ in range(count):
            height = heights[len(found)]
            found.append(y + height / 2)
            y += height + BELOW
    return found


def _placed(
    sizes: Mapping[Vertex, tuple[float, float]],
    standing: Sequence[Sequence[Vertex]],
    middles: Mapping[Vertex, float],
    edges: Sequence[Edge],
    ways: Sequence[Sequence[Vertex]],
    apart: float,
) -> Arrangement:
    places: dict[Vertex, Place] = {}
    passes: dict[Vertex, tuple[Point, Point]] = {}
    x = 0.0
    for column in standing:
        wide = max((sizes[vertex][0] for vertex in column if vertex in sizes), default=0.0)
        for vertex in column:
            if vertex in sizes:
                width, height = sizes[vertex]
                places[vertex] = Place(x + (wide - width) / 2, middles[vertex] - height / 2, width, height)
            else:
                passes[vertex] = (x, middles[vertex]), (x + wide, middles[vertex])
        x += wide + apart
    top = min([place.y for place in places.values()] + [at[0][1] for at in passes.values()], default=0.0)
    places = {vertex: place.moved(0, -top) for vertex, place in places.items()}
    drawn: list[list[Point]] = [[(px, py - top) for bend in way[1:-1] for px, py in passes[bend]] for way in ways]
    leaving: dict[Vertex, list[int]] = {}
    arriving: dict[Vertex, list[int]] = {}
    for number, (start, end) in enumerate(edges):
        leaving.setdefault(start, []).append(number)
        arriving.setdefault(end, []).append(number)
    ends: dict[int, Point] = {}
    for end, numbers in arriving.items():
        from_above = sorted(numbers, key=lambda each: (drawn[each] or [places[edges[each][0]].middle])[-1][1])
        for number, y in zip(from_above, _ports(places[end], len(numbers)), strict=True):
            ends[number] = (places[end].x, y)
    for start, numbers in leaving.items():
        to_above = sorted(numbers, key=lambda each: (drawn[each] or [ends[each]])[0][1])
        ports = _ports(places[start], len(numbers))
        for number, y in zip(to_above, ports, strict=True):
            drawn[number] = [(places[start].right, y), *drawn[number], ends[number]]
    bottom = max([place.bottom for place in places.values()] + [y for way in drawn for _, y in way], default=0.0)
    return Arrangement(places, drawn, max(0.0, x - apart), bottom)


def _ports(place: Place, count: int) -> list[float]:
    """How far down edges leave a box or arrive at it: about its middle."""
    step = min(12.0, place.height / (count + 1))
    return [place.middle[1] + (port - (count - 1) / 2) * step for port in range(count)]
