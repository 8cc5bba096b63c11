"""Nodes of the graphs that Part 5's puzzles about the engine walk through.

A :class:`Node` is only to be read, a :class:`GradNode` can hold a gradient besides. Both are equal only to themselves,
so they may be keys of a dict and members of a set. Neither knows how to walk through a graph: that is the puzzle. They
are plain classes, since whoever prints a dataclass follows its fields, and a graph may be too deep for that.
"""

from __future__ import annotations

from typing import Any


class Node:
    """A value that was computed from ``inputs``; the change of it by each of them is in ``slopes``."""

    __slots__ = ("inputs", "name", "slopes")

    name: str
    inputs: tuple[Node, ...]
    slopes: tuple[float, ...]

    def __init__(self, name: str, inputs: tuple[Node, ...] = (), slopes: tuple[float, ...] = ()) -> None:
        for attribute, value in (("name", name), ("inputs", inputs), ("slopes", slopes)):
            object.__setattr__(self, attribute, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("a node cannot be changed; keep what you want to remember in a dict or a set")

    def __repr__(self) -> str:
        return self.name

    def __deepcopy__(self, memo: Any) -> Node:
        return self  # nobody can change it, and a graph may be too deep to be copied node by node


class GradNode:
    """The same with a ``grad``, which is None as long as there is none."""

    def __init__(self, name: str, inputs: tuple[GradNode, ...] = (), slopes: tuple[float, ...] = ()) -> None:
        self.name = name
        self.inputs = inputs
        self.slopes = slopes
        self.grad: float | None = None

    def __repr__(self) -> str:
        return self.name
