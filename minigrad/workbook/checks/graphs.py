"""Graphs of nodes: those that the puzzles about the engine draw, what is right for each, and how an answer is compared.

A :class:`Graph` is a table of nodes, inputs first: ``(("a", ()), ("b", (("a", 2.0),)))`` says that ``b`` was computed
from ``a`` and changes twice as fast. Its last node is the one that a walk begins at.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from minigrad.workbook.nodes import GradNode, Node
from minigrad.workbook.notation import a_kind, written
from minigrad.workbook.spec import Arguments

Graph = tuple[tuple[str, tuple[tuple[str, float], ...]], ...]

SHOWN_NODES = 8
"""A graph with more nodes is described by their number and its depth."""

DEEP = 2500
"""Nodes of the deepest chain: more than Python lets a function call itself."""


def _chain(length: int) -> Graph:
    nodes = [(f"n{i}", ((f"n{i - 1}", -1.0 if i % 2 else 1.0),)) for i in range(1, length)]
    return (("n0", ()), *nodes)


def _ladder(rungs: int) -> Graph:
    """Each node from the one before, twice: there are 2 ** rungs paths."""
    nodes = [(f"n{i}", ((f"n{i - 1}", 0.5), (f"n{i - 1}", 0.25 if i % 2 else 1.5))) for i in range(1, rungs + 1)]
    return (("n0", ()), *nodes)


GRAPHS: tuple[Graph, ...] = (
    (("a", ()),),
    (("a", ()), ("b", (("a", 2.0),))),
    (("a", ()), ("b", ()), ("c", (("a", 3.0), ("b", -2.0)))),
    (("a", ()), ("b", (("a", 3.0), ("a", 4.0)))),
    (("a", ()), ("b", (("a", 2.0),)), ("c", (("b", -3.0),))),
    (("a", ()), ("b", (("a", 2.0),)), ("c", (("a", 5.0), ("b", -3.0)))),
    (("a", ()), ("b", (("a", 2.0),)), ("c", (("b", -3.0), ("a", 5.0)))),
    (("a", ()), ("b", (("a", 2.0),)), ("c", (("a", 3.0),)), ("d", (("b", 1.0), ("c", 4.0)))),
    (("a", ()), ("b", (("a", 2.0),)), ("c", (("b", 3.0),)), ("d", (("b", 5.0), ("c", -1.0)))),
    (("a", ()), ("b", (("a", 2.0),)), ("c", (("b", 3.0),)), ("d", (("c", -1.0), ("b", 5.0), ("a", 0.5)))),
    (("a", ()), ("b", (("a", 2.0),)), ("c", (("a", 3.0), ("b", 0.5))), ("d", (("b", 4.0), ("c", -2.0), ("a", 0.0)))),
    (
        *(("a", ()), ("b", ()), ("c", (("a", 2.0), ("b", -1.0))), ("d", (("b", 3.0), ("c", 0.5)))),
        *(("e", (("d", -2.0), ("a", 4.0))), ("f", (("e", 1.0), ("c", 2.0), ("d", 0.25)))),
    ),
    _ladder(40),
    _chain(DEEP),
)
"""What is drawn, the most readable first: nodes without inputs, used twice, reached by paths of different lengths; with
so many paths that nobody can follow them all; and so deep that nobody can recurse."""

WITH_INPUTS = GRAPHS[1:]


@cache
def built(graph: Graph) -> Node:
    """The last node of a graph, the same each time."""
    nodes: dict[str, Node] = {}
    for name, edges in graph:
        nodes[name] = Node(name, tuple(nodes[of] for of, _ in edges), tuple(slope for _, slope in edges))
    return nodes[graph[-1][0]]


def built_with_grads(graph: Graph) -> dict[str, GradNode]:
    """The nodes of a graph by name, all new and without gradients."""
    nodes: dict[str, GradNode] = {}
    for name, edges in graph:
        nodes[name] = GradNode(name, tuple(nodes[of] for of, _ in edges), tuple(slope for _, slope in edges))
    return nodes


def order(node: Node) -> list[Node]:
    """Each node that ``node`` depends on and itself, each before its inputs."""
    ends = []
    waiting = [(node, False)]
    seen: set[Node] = set()
    while waiting:
        each, is_done = waiting.pop()
        if is_done:
            ends.append(each)
        elif each not in seen:
            seen.add(each)
            waiting += [(each, True), *((one, False) for one in each.inputs)]
    return ends[::-1]


def gradients(node: Node, d: float) -> dict[Node, float]:
    """The gradient of each node in :func:`order`, if ``d`` is that of ``node``."""
    grads = {node: float(d)}
    for each in order(node):
        for one, slope in zip(each.inputs, each.slopes, strict=True):
            grads[one] = grads.get(one, 0.0) + slope * grads[each]
    return grads


def described(node: Node) -> str:
    """How a graph is made up, in a sentence."""
    nodes = order(node)
    if len(nodes) > SHOWN_NODES:
        return _of_many(nodes)
    computed = [f"{each} from {_listed(each.inputs)}" for each in reversed(nodes) if each.inputs]
    return f"The graph: {', '.join(computed)}." if computed else f"The graph: {node} alone, which has no inputs."


def described_with_slopes(node: Node) -> str:
    """The same with the slopes."""
    nodes = order(node)
    if len(nodes) > SHOWN_NODES:
        return _of_many(nodes)
    computed = [f"{each} from {_listed(_with_slopes(each))}" for each in reversed(nodes) if each.inputs]
    return f"The graph: {', '.join(computed)}." if computed else f"The graph: {node} alone, which has no inputs."


def _with_slopes(node: Node) -> list[str]:
    return [f"{one} (slope {written(slope)})" for one, slope in zip(node.inputs, node.slopes, strict=True)]


def _of_many(nodes: Sequence[Node]) -> str:
    if any(len(each.inputs) > 1 for each in nodes):
        return (
            f"Each of these {len(nodes)} nodes was computed from the one before, twice, so a walk along every path "
            "takes about a million million steps. Go through each node once."
        )
    return (
        f"This is a chain of {len(nodes)} nodes, each computed from the one before. A function that calls itself for "
        "each input ends in a RecursionError here: keep the nodes that are still to be visited in a list of your own."
    )


def _listed(things: Sequence[object]) -> str:
    *most, last = map(str, things)
    return f"{', '.join(most)} and {last}" if most else last


# Comparisons


def an_order(arguments: Arguments, expected: Sequence[Node], given: Any) -> str | None:
    """The result has each node once, and each before its inputs; any such order will do."""
    if given is None:
        return f"returned nothing; expected a list such as {written(expected)}: is there a return at the end?"
    if not isinstance(given, list | tuple):
        return f"returned {a_kind(given)}; expected a list such as {written(expected)}"
    said = f"returned {written(given)}"
    strangers = [a_kind(each) for each in given if not isinstance(each, Node)]
    if strangers:
        return f"{said}, which has {strangers[0]} in it; expected nodes only, such as {written(expected)}"
    twice = next((each for each, count in Counter(given).items() if count > 1), None)
    if twice is not None:
        return f"{said}, expected each node once: {twice} is there {Counter(given)[twice]} times"
    there = set(given)
    missing = next((each for each in expected if each not in there), None)
    if missing is not None:
        return f"{said}, expected each node once: {missing} is missing"
    place = {each: k for k, each in enumerate(given)}
    for each in expected:
        late = next((one for one in each.inputs if place[one] < place[each]), None)
        if late is not None:
            return (
                f"{said}, such as {written(expected)} was expected: {each} was computed from {late}, so it comes first"
            )
    return None


def grad_of_each_node(arguments: Arguments, expected: Mapping[Node, float], given: Any) -> str | None:
    """The result is a dict from each node to its gradient."""
    wanted = f"expected {written(expected)}"
    if given is None:
        return f"returned nothing; {wanted}: is there a return at the end?"
    if not isinstance(given, Mapping):
        return f"returned {a_kind(given)}; {wanted}, a dict"
    said = f"returned {written(dict(given))}"
    if any(not isinstance(each, Node) for each in given):
        return f"{said}, {wanted}: its keys are to be nodes"
    missing = next((each for each in expected if each not in given), None)
    if missing is not None:
        return f"{said}, {wanted}: {missing} is missing"
    wrong = next((each for each, grad in expected.items() if not _close(given[each], grad)), None)
    if wrong is None:
        return None
    return f"{said}, {wanted}: the gradient of {wrong} is {written(expected[wrong])}, not {written(given[wrong])}"


def grads_that_are_left(arguments: Arguments, expected: Mapping[str, float | None], given: Any) -> str | None:
    """What ``grad`` of each leaf is afterwards, by name."""
    for name, grad in expected.items():
        if grad is None and given[name] is not None:
            return f"left {name}.grad = {written(given[name])}, expected None: {name} was not reached"
        if grad is not None and not _close(given[name], grad):
            return f"left {name}.grad = {written(given[name])}, expected {written(grad)}"
    return None


def _close(given: Any, grad: float) -> bool:
    try:
        return math.isclose(float(given), grad, rel_tol=1e-9, abs_tol=1e-12)
    except (TypeError, ValueError):
        return False
