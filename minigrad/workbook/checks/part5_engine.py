"""Part 5, gradients: puzzles 37, 38 and 70 to 72, derivatives, how many there are, and the engine.

All are plain functions. The table ``SPECS`` at the end is read from top to bottom; the functions above it draw
arguments, say what is expected and what is special about a call.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from minigrad.workbook.checks import graphs
from minigrad.workbook.checks.gradients import jacobian
from minigrad.workbook.checks.tables import tables
from minigrad.workbook.notation import a_kind, written
from minigrad.workbook.spec import Arguments, FunctionSpec, Rule

PART = "part5_gradients"


# Functions of numbers, each with its formula and its derivatives


def square(x: float) -> float:
    return x * x


def triple(x: float) -> float:
    return 3 * x


def product(x1: float, x2: float) -> float:
    return x1 * x2


def bend(x1: float, x2: float) -> float:
    return x1 * x1 * x2


def valley(x1: float, x2: float) -> float:
    return 1000 + 100 * x1 * x1 + x2


def quotient(x1: float, x2: float) -> float:
    return x1 / x2


def wave(x: float) -> float:
    return math.sin(x)


def mixed(x1: float, x2: float, x3: float) -> float:
    return x1 * x1 * x1 + x2 * math.exp(x3)


_FORMULAS: dict[Callable[..., float], str] = {
    triple: "triple(x) = 3 · x",
    square: "square(x) = x · x",
    product: "product(x1, x2) = x1 · x2",
    bend: "bend(x1, x2) = x1 · x1 · x2",
    valley: "valley(x1, x2) = 1000 + 100 · x1 · x1 + x2",
    quotient: "quotient(x1, x2) = x1 / x2",
    wave: "wave(x) = sin(x)",
    mixed: "mixed(x1, x2, x3) = x1 · x1 · x1 + x2 · exp(x3)",
}

_DERIVATIVES: dict[Callable[..., float], tuple[Callable[..., float], ...]] = {
    triple: (lambda x: 3.0,),
    square: (lambda x: 2 * x,),
    product: (lambda x1, x2: x2, lambda x1, x2: x1),
    bend: (lambda x1, x2: 2 * x1 * x2, lambda x1, x2: x1 * x1),
    valley: (lambda x1, x2: 200 * x1, lambda x1, x2: 1.0),
    quotient: (lambda x1, x2: 1 / x2, lambda x1, x2: -x1 / x2**2),
    wave: (math.cos,),
    mixed: (lambda x1, x2, x3: 3 * x1 * x1, lambda x1, x2, x3: math.exp(x3), lambda x1, x2, x3: x2 * math.exp(x3)),
}

_POINTS = ((1.0, 2.0, 1.0), (3.0, 2.0, 0.0), (-2.0, 1.5, 2.0), (0.0, 4.0, -1.0), (0.5, -3.0, 1.0), (-1.0, 1.0, -2.0))

CLOSE = 5e-6
"""A derivative may be off by this much of 1 + its size. Central differences with steps of 1e-3 to 1e-6 are near enough,
for each function at each point. One-sided ones with a step of 1e-7 or more are not, for ``valley``; with 1e-8 they
are."""


def _function_and_point(f: Callable[..., float], point: tuple[float, ...], i: int) -> Arguments:
    inputs = len(_DERIVATIVES[f])
    return {"f": f, "xs": point[:inputs], "i": i % inputs}


def _slope(f: Callable[..., float], xs: tuple[float, ...], i: int) -> float:
    return float(_DERIVATIVES[f][i](*xs))


def _a_number_nearby(arguments: Arguments, expected: float, given: Any) -> str | None:
    """The result is one number, nearly the expected one."""
    if given is None:
        return f"returned nothing; expected {written(expected)}: is there a return at the end?"
    try:
        value = float(given)
    except (TypeError, ValueError):
        return f"returned {written(given)}, {a_kind(given)}; expected {written(expected)}"
    if abs(value - expected) <= CLOSE * (1 + abs(expected)):
        return None
    said = f"returned {value:.9g}, expected {written(expected)}"
    near = abs(value - expected) <= 0.2 * (1 + abs(expected))
    return f"{said} or within {CLOSE * (1 + abs(expected)):.2g} of it" if near else said


def _about_f(arguments: Arguments) -> str:
    return f"{_FORMULAS[arguments['f']]}, and input {arguments['i']} is the one that moves."


# Two inputs, two outputs


_NUMBERS = (1.0, 2.0, 3.0, 0.0, -1.0, 0.5, -2.5, 5.0)


def _two_numbers(x1: float, x2: float) -> Arguments:
    return {"x1": x1, "x2": x2}


def _four(x1: float, x2: float) -> Any:
    import numpy as np

    return np.array([[1.0, 0.0], [x2, x1]])


# Graphs

_DIAMOND = graphs.GRAPHS[7]
"""A small graph with a node that two others use."""

_INCOMING = (1.0, 2.0, -3.0, 0.5, 0.0)


def _just_a_node(graph: graphs.Graph) -> Arguments:
    return {"node": graphs.built(graph)}


def _node_and_d(graph: graphs.Graph, d: float) -> Arguments:
    """A large graph always comes with the same d, since it takes long to walk through."""
    return {"node": graphs.built(graph), "d": d if len(graph) <= graphs.SHOWN_NODES else 2.0}


def _passes(which: int, first: float, second: float, starts_lower: bool) -> Arguments:
    """Two passes over one graph; the second may begin at a node in the middle."""
    last = len(graphs.GRAPHS[which]) - 1
    if last >= graphs.SHOWN_NODES:
        return {"graph": which, "passes": ((last, 2.0), (last, -1.0))}
    return {"graph": which, "passes": ((last, first), (last - 1 if starts_lower and last else last, second))}


def _after_both(function: Callable[..., Any], arguments: Arguments) -> dict[str, float | None]:
    graph = graphs.GRAPHS[arguments["graph"]]
    nodes = graphs.built_with_grads(graph)
    for place, d in arguments["passes"]:
        function(nodes[graph[place][0]], d)
    return {name: node.grad for name, node in nodes.items() if not node.inputs}


def _sums(graph: int, passes: tuple[tuple[int, float], ...]) -> dict[str, float | None]:
    whole = graphs.GRAPHS[graph]
    sums: dict[str, float | None] = {name: None for name, edges in whole if not edges}
    for place, d in passes:
        for node, grad in graphs.gradients(graphs.built(whole[: place + 1]), d).items():
            if not node.inputs:
                sums[node.name] = (sums[node.name] or 0.0) + grad
    return sums


def _two_calls(arguments: Arguments) -> str:
    graph = graphs.GRAPHS[arguments["graph"]]
    return ", then ".join(f"accumulate({graph[place][0]}, {written(d)})" for place, d in arguments["passes"])


SPECS: tuple[FunctionSpec, ...] = (
    FunctionSpec(
        number=37,
        name="derivative",
        part=PART,
        rules=(
            Rule(
                name="derivative",
                parameters=("f", "xs", "i"),
                reference=_slope,
                cases=tables(_function_and_point, tuple(_FORMULAS), _POINTS, (0, 1, 2), f=product),
                compare=_a_number_nearby,
                remark=_about_f,
            ),
        ),
        hints=(
            "Only input `i` moves. How do you get a second point that differs from `xs` in one place, and leave "
            "`xs` as it is?",
            "One step to the right and the same step to the left: the errors that the bend of f makes on both sides "
            "cancel. How far apart are the two points?",
            "Make two lists from `xs`, add a small `h` at place `i` of one and subtract it at place `i` of the other. "
            "The difference of the two values of f belongs to a distance of two steps.",
        ),
    ),
    FunctionSpec(
        number=38,
        name="all_derivatives",
        part=PART,
        rules=(
            Rule(
                name="all_derivatives",
                parameters=("x1", "x2"),
                reference=_four,
                cases=tables(_two_numbers, _NUMBERS, _NUMBERS, x1=3.0, x2=2.0),
                compare=jacobian(),
                remark=lambda arguments: "G(x1, x2) = (x1, x1 · x2): row 0 is about x1, row 1 about x1 · x2.",
            ),
        ),
        hints=(
            "Take the outputs one by one. The first is x1. How fast does it change when x1 moves, and how fast when "
            "x2 does?",
            "An output that does not look at an input has a derivative by it all the same: it is 0.",
            "The first row is a row of two constants. In the second, each input is the slope by the other one.",
        ),
    ),
    FunctionSpec(
        number=70,
        name="topological_order",
        part=PART,
        rules=(
            Rule(
                name="topological_order",
                parameters=("node",),
                reference=graphs.order,
                cases=tables(_just_a_node, graphs.GRAPHS, graph=_DIAMOND),
                compare=graphs.an_order,
                remark=lambda arguments: graphs.described(arguments["node"]),
            ),
        ),
        hints=(
            "When may a node be put into the list? One rule: when everything that it was computed from is there "
            "already. That makes the list end with `node`; turn it round at the end.",
            "Recursion keeps a list of what is still to be done, and Python limits it. Keep that list yourself: take "
            "the last entry, and append what it leads to.",
            "Meet each node twice. At the first time, append it once more with a mark, then its inputs; when the mark "
            "comes up, all that lies below it is done. A set of nodes that were met keeps you from going twice.",
        ),
    ),
    FunctionSpec(
        number=71,
        name="backpropagate",
        part=PART,
        rules=(
            Rule(
                name="backpropagate",
                parameters=("node", "d"),
                reference=graphs.gradients,
                cases=tables(_node_and_d, graphs.GRAPHS, _INCOMING, graph=_DIAMOND),
                compare=graphs.grad_of_each_node,
                remark=lambda arguments: graphs.described_with_slopes(arguments["node"]),
            ),
        ),
        hints=(
            "A node that was used twice gets a share from each use. When is its gradient complete, so that it can be "
            "passed on?",
            "Go through the nodes in the order of puzzle 70: each comes after everything that uses it, so all its "
            "shares have arrived.",
            "Start with a dict in which only `node` has a gradient, `d`. For each node in order, and each of its "
            "inputs with its slope, add slope times gradient to what the input has: `grads.get(one, 0.0)`.",
        ),
    ),
    FunctionSpec(
        number=72,
        name="accumulate",
        part=PART,
        rules=(
            Rule(
                name="accumulate",
                parameters=("node", "d"),
                reference=_sums,
                cases=tables(
                    _passes,
                    *(range(len(graphs.GRAPHS)), _INCOMING, _INCOMING, (False, True)),
                    which=graphs.GRAPHS.index(_DIAMOND),
                ),
                compare=graphs.grads_that_are_left,
                judged_by=_after_both,
                shown=_two_calls,
                remark=lambda arguments: graphs.described_with_slopes(graphs.built(graphs.GRAPHS[arguments["graph"]])),
            ),
        ),
        hints=(
            "There are two kinds of gradient here: those of one pass, which begin at nothing each time, and `.grad`, "
            "which stays. Where do you keep the first?",
            "Do what puzzle 71 does, with a dict of the pass's own. What is left is to bring it to the leaves.",
            "A leaf has no inputs. If its `.grad` is None, its share of this pass becomes its `.grad`; otherwise the "
            "share is added.",
        ),
    ),
)
