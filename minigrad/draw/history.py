"""What a computation was made of, read from a tensor's history or from Values that know their parents.

A history keeps what its backward rules need and no more, so some values in between may be missing: those that no rule
asks for, unless they follow from what is known. Nothing is changed by reading: gradients are worked out afresh.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from minigrad import autodiff, function
from minigrad.autodiff import Node
from minigrad.draw.reading import printable
from minigrad.errors import MinigradError
from minigrad.operators import OPERATIONS
from minigrad.rules import RULES
from minigrad.tensor import Tensor, filled

MOST, DEEPEST = 40, 12
"""So many nodes are drawn, and so many steps from the result: of more, those nearest to it."""

FARTHEST = 5000
"""In a larger graph gradients are not worked out, and its nodes not all counted."""

_PARENTS = ("inputs", "parents", "_prev", "prev", "children", "operands")
_VALUES = ("data", "value")
_NAMES = ("name", "label", "op", "_op")


@dataclass
class Vertex:
    """One node: what it is called, what it is worth, the gradient of the result by it, and what it was made of."""

    name: str
    value: Any = None
    gradient: Any = None
    inputs: list[tuple[Hashable, Any]] = field(default_factory=list)
    leaf: bool = False


Read: TypeAlias = tuple[dict[Hashable, Vertex], list[str]]
"""The nodes, and what is to be said of them."""


def nodes_of(result: Any, d: Tensor | None, names: Mapping[str, Any]) -> Read:
    """What ``result`` was computed from, parents first. ``d`` is the gradient to start from, if it is a tensor."""
    return _of_tensor(result, d, names) if isinstance(result, Tensor | Node) else _of_values(result, names)


def _visited(start: Any, inputs: Callable[[Any], Iterable[Any]]) -> tuple[list[Any], int]:
    """What the start was made of: itself, then the nearest, at most MOST in all; and how many more there are."""
    depth, waiting, place = {id(start): 0}, [start], 0
    while place < len(waiting) and len(waiting) < FARTHEST:
        one = waiting[place]
        for each in inputs(one):
            if id(each) not in depth:
                depth[id(each)] = depth[id(one)] + 1
                waiting.append(each)
        place += 1
    near = [each for each in waiting if depth[id(each)] <= DEEPEST]
    kept = near[: MOST - 1] if len(near) < len(waiting) or len(near) > MOST else near
    return kept, len(waiting) - len(kept)


def _of_tensor(
    result: Tensor | Node, d: Tensor | None, names: Mapping[str, Any]
) -> tuple[dict[Hashable, Vertex], list[str]]:
    node = result if isinstance(result, Node) else result.node
    if node is None:
        raise MinigradError("this tensor has no history: nothing that it was made of requires gradients")
    kept, more = _visited(node, lambda each: [edge for edge in each.edges if edge is not None])
    deep = len(kept) + more >= FARTHEST
    gradients, notes = _gradients(result, d, kept) if isinstance(result, Tensor) and not deep else ({}, [])
    shapes = {key: gradient.shape for key, gradient in gradients.items()}
    values = _known_values(kept, result if isinstance(result, Tensor) else None, names, shapes)
    called = {id(each.node): name for name, each in names.items() if isinstance(each, Tensor) and each.node is not None}
    vertices: dict[Hashable, Vertex] = {}
    there = {id(each) for each in kept}
    for each in reversed(kept):
        operation = "" if each.is_leaf else each.name
        name = called.get(id(each), "")
        label = f"{name} = {operation}" if name and operation else name or operation or "leaf"
        holder = each.holder() if each.holder is not None else None
        gradient = gradients.get(id(each), holder.grad if holder is not None else None)
        inputs: list[tuple[Hashable, Any]] = [
            (id(edge) if id(edge) in there else "more", None) for edge in each.edges if edge is not None
        ]
        vertices[id(each)] = Vertex(label, values.get(id(each)), gradient, inputs, each.is_leaf)
    return _with_rest(vertices, more), notes


def _known_values(
    kept: Sequence[Node], result: Tensor | None, names: Mapping[str, Any], shapes: Mapping[int, tuple[int, ...]]
) -> dict[int, Tensor]:
    """The values of nodes, as far as somebody still has them, or they follow from others'."""
    known: dict[int, Tensor] = {}

    def learn(node: Any, tensor: Any) -> None:
        if node is not None and isinstance(tensor, Tensor):
            known.setdefault(id(node), tensor.detach())

    for each in (result, *names.values()):
        learn(getattr(each, "node", None), each)
    for node in kept:
        learn(node, node.holder() if node.holder is not None else None)
        learn(node, node.result)
        for saved in node.saved or ():
            learn(getattr(saved, "node", None), saved)
    for node in sorted(kept, key=lambda each: each.number):
        operands = [known[id(edge)] for edge in node.edges if id(edge) in known]
        if (
            id(node) not in known
            and operands
            and len(operands) == len(node.edges)
            and not isinstance(node, _OF_A_LEARNER)
        ):
            with autodiff.no_grad():
                learn(node, _again(node.name, operands, shapes.get(id(node))))
    return known


_OF_A_LEARNER = function._Applied


def _again(name: str, operands: Sequence[Tensor], shape: tuple[int, ...] | None) -> Tensor | None:
    """What an operation makes of these operands, if they say all of it; ``shape`` is that of its result."""
    rule = RULES.get(name)
    found: Tensor | None = None
    if (rule is not None and len(rule.operands) == len(operands)) or name == "matmul":
        found = OPERATIONS[name](*operands)
    elif name in ("expand", "reshape") and shape is not None:
        found = OPERATIONS[name](operands[0], shape)
    elif name in ("sum", "mean") and shape == ():
        found = OPERATIONS[name](operands[0])
    return found


def _gradients(result: Tensor, d: Tensor | None, kept: Sequence[Node]) -> tuple[dict[int, Tensor], list[str]]:
    """The gradient of the result by each node, worked out without leaving a trace; and what is to be said of them."""
    if any(node.hooks for node in kept):
        return {}, ["Gradients are not worked out here, since hooks would be called."]
    notes = []
    if d is None:
        d = filled(1, result.shape, result.dtype, result.backend)
        notes = [] if result.numel() == 1 else ["The gradient starts as 1 everywhere."]
    asked = []
    for node in kept:
        stand_in = result.detach()
        stand_in.node = node
        asked.append(stand_in)
    try:
        found = autodiff.grad(result, asked, d, retain_graph=True, allow_unused=True)
    except Exception as error:  # a backward rule may be the learner's, and what it needs may be freed
        return {}, [f"Gradients cannot be worked out: {printable(str(error), 200)}"]
    return {id(node): each for node, each in zip(kept, found, strict=True) if each is not None}, notes


def _of_values(result: Any, names: Mapping[str, Any]) -> Read:
    if not any(hasattr(result, name) for name in _PARENTS):
        raise MinigradError(
            f"a {type(result).__name__} does not say what it was computed from; a graph can be drawn of a tensor with "
            f"a history, and of an object that has its parents in {', '.join(_PARENTS[:-1])} or {_PARENTS[-1]}"
        )
    kept, more = _visited(result, _parents)
    called = {id(each): name for name, each in names.items()}
    there = {id(each) for each in kept}
    vertices: dict[Hashable, Vertex] = {}
    for each in reversed(kept):
        parents = _parents(each)
        slopes = getattr(each, "slopes", None)
        if not isinstance(slopes, list | tuple) or len(slopes) != len(parents):
            slopes = [None] * len(parents)
        inputs: list[tuple[Hashable, Any]] = [
            (id(parent) if id(parent) in there else "more", slope)
            for parent, slope in zip(parents, slopes, strict=True)
        ]
        name = called.get(id(each)) or _first(each, _NAMES)
        value = _first(each, _VALUES)
        label = printable(str(name), 20) if isinstance(name, str) and name else ""
        vertices[id(each)] = Vertex(label, value, getattr(each, "grad", None), inputs, not parents)
    return _with_rest(vertices, more), []


def _parents(value: Any) -> list[Any]:
    given = _first(value, _PARENTS)
    if not isinstance(given, list | tuple | set | frozenset):
        return []
    return [each for each in given if type(each) is type(value) or any(hasattr(each, name) for name in _PARENTS)]


def _first(value: Any, names: Sequence[str]) -> Any:
    found = (getattr(value, name, None) for name in names)
    return next((each for each in found if each is not None), None)


def _with_rest(vertices: dict[Hashable, Vertex], more: int) -> dict[Hashable, Vertex]:
    if not more:
        return vertices
    counted = f"{more} more nodes" if more + MOST <= FARTHEST else "many more nodes"
    for vertex in vertices.values():
        vertex.inputs = list(dict.fromkeys(vertex.inputs)) if ("more", None) in vertex.inputs else vertex.inputs
    return {"more": Vertex(f"… {counted}", leaf=True), **vertices}
