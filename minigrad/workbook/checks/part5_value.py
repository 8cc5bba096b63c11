"""Part 5, gradients: puzzle 40, whose answer is a class ``Value``: a number that remembers where it came from.

Each of the three methods has a rule of its own, and is called as a program calls it: ``a + b``, ``a * b`` and
``c.backward()``. An expression is drawn as a table of steps, and built of Values, of minigrad's tensors or of floats.
"""

from __future__ import annotations

import itertools
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from minigrad.workbook.checks.tables import tables
from minigrad.workbook.notation import a_kind, written
from minigrad.workbook.spec import Arguments, ClassSpec, FunctionSpec, Rule

PART = "part5_gradients"

_NAMES = "abcdefgh"

_NUMBERS = (3.0, -2.0, 2.0, 0.5, -1.0, 1.5, 0.0)

_OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {"+": operator.add, "*": operator.mul}

_CLOSE = 1e-7
"""Numbers may be off by this much of 1 + their size, if somebody divides."""


class _Other(NamedTuple):
    """What an operation returned that is no Value, or has no data."""

    value: Any


def _two_numbers(a: float, b: float) -> Arguments:
    return {"a": a, "b": b}


def _of_two(sign: str) -> Callable[[Any, dict[str, Any]], Any]:
    """The data of what the operation makes of two Values; those have to stay what they were."""

    def result(value: Any, arguments: dict[str, Any]) -> Any:
        a, b = value(arguments["a"]), value(arguments["b"])
        made = _OPERATIONS[sign](a, b)
        arguments.update({name: each.data for name, each in (("a", a), ("b", b)) if hasattr(each, "data")})
        return made.data if isinstance(made, value) and hasattr(made, "data") else _Other(made)

    return result


def _a_value(arguments: Arguments, expected: float, given: Any) -> str | None:
    wanted = f"expected a Value whose data is {written(expected)}"
    if isinstance(given, _Other) and given.value is None:
        return f"returned nothing; {wanted}: is there a return at the end?"
    if isinstance(given, _Other):
        text, kind = written(given.value), a_kind(given.value)
        return f"returned {text if text == kind else f'{text}, {kind}'}; {wanted}"
    return None if _close(given, expected) else f"returned a Value whose data is {written(given)}, {wanted}"


def _close(given: Any, expected: float) -> bool:
    try:
        return abs(float(given) - expected) <= _CLOSE * (1 + abs(expected))
    except (TypeError, ValueError):
        return False


def _operation(sign: str, name: str) -> Rule:
    return Rule(
        name=name,
        parameters=("self", "other"),
        reference=lambda a, b: _number(_OPERATIONS[sign](_leaf(a), _leaf(b))),
        cases=tables(_two_numbers, _NUMBERS, _NUMBERS[1:]),
        compare=_a_value,
        judged_by=_of_two(sign),
        shown=lambda arguments: f"Value({arguments['a']}) {sign} Value({arguments['b']})",
    )


def _leaf(number: float) -> Any:
    import minigrad

    return minigrad.tensor(number, dtype=minigrad.float64, requires_grad=True)


def _number(tensor: Any) -> float:
    return float(tensor.detach().numpy())


Step = tuple[str, str, str]
"""An operation, and the names of its operands."""


_STEPS = (None, *itertools.product(_OPERATIONS, range(4), range(4)))
"""None, or an operation and its operands, counted from the latest Value backwards, so that few results are lost. There
are at most four, so one may follow all paths, and all sums and products of halves are exact.
"""

_LEAVES = (
    *((number,) for number in _NUMBERS),
    *itertools.permutations(_NUMBERS, 2),
    *itertools.permutations(_NUMBERS[:4], 3),
)
"""One to three numbers that begin an expression."""


def _expression(leaves: Sequence[float], first: Any, second: Any, third: Any, fourth: Any) -> Arguments:
    steps: list[Step] = []
    for sign, left, right in filter(None, (first, second, third, fourth)):
        there = _NAMES[: len(leaves) + len(steps)][::-1]
        steps.append((sign, there[left % len(there)], there[right % len(there)]))
    return {"leaves": leaves, "steps": tuple(steps)}


def built(make: Callable[[float], Any], leaves: Sequence[float], steps: Sequence[Step]) -> dict[str, Any]:
    """All that comes up in an expression, by name, made of whatever ``make`` makes of a number."""
    found = {name: make(number) for name, number in zip(_NAMES, leaves, strict=False)}
    for sign, left, right in steps:
        found[_NAMES[len(found)]] = _OPERATIONS[sign](found[left], found[right])
    return found


def _gradients(leaves: Sequence[float], steps: Sequence[Step]) -> dict[str, float]:
    tensors = built(_leaf, leaves, steps)
    for tensor in tensors.values():
        tensor.retain_grad()
    list(tensors.values())[-1].backward()
    return {name: 0.0 if tensor.grad is None else _number(tensor.grad) for name, tensor in tensors.items()}


def _after_backward(value: Any, arguments: Arguments) -> dict[str, Mapping[str, Any]]:
    values = built(value, **arguments)
    list(values.values())[-1].backward()
    return {name: {each: getattr(one, each, None) for each in ("data", "grad")} for name, one in values.items()}


def _as_left(arguments: Arguments, expected: Mapping[str, float], given: Mapping[str, Mapping[str, Any]]) -> str | None:
    """Each Value has the gradient that is expected, and the data that it had."""
    for name, number in built(float, **arguments).items():
        if not _close(given[name]["data"], number):
            return f"left {name}.data = {written(given[name]['data'])}, expected {written(number)}"
    grads = {name: each["grad"] for name, each in given.items()}
    wrong = [name for name in expected if not _close(grads[name], expected[name])]
    if not wrong:
        return None
    name = wrong[-1]  # what is wrong with those before may come from it
    said = f"left {name}.grad = {written(grads[name])}, expected {written(expected[name])}"
    if grads[name] is None:
        return f"{said}: each Value has a grad, 0.0 at first"
    reason = next((each.says for each in _USUAL if _are_close(grads, _carried_back(each, **arguments))), "")
    return said + (f"\nIt looks like {reason}." if reason else "")


def _are_close(given: Mapping[str, Any], grads: Mapping[str, float]) -> bool:
    return all(_close(given[name], grad) for name, grad in grads.items())


class _Mistake(NamedTuple):
    """A usual mistake: how it is called, after "It looks like", and what is done otherwise: the slope of a product by
    an operand, from the two numbers; the share of what arrives; and how it joins those that are there.
    """

    says: str
    slope: Callable[[float, float], float] = lambda own, other: other
    share: Callable[[float, float], float] = operator.mul
    joined: Callable[[float, float], float] = operator.add


_USUAL = (
    _Mistake("shares that replace one another: those of all uses add up", joined=lambda before, new: new),
    _Mistake("shares that replace one another: those of all uses add up", joined=lambda before, new: before or new),
    _Mistake("an operand's own number for a slope: a product changes by the other one", slope=lambda own, other: own),
    _Mistake("slopes that are not multiplied by what arrives", share=lambda d, slope: slope),
    _Mistake("what arrives, handed on without the slope", share=lambda d, slope: d),
    _Mistake("a wrong sign", share=lambda d, slope: -d * slope),
)


def _carried_back(mistake: _Mistake, leaves: Sequence[float], steps: Sequence[Step]) -> dict[str, float]:
    """The gradients that come of a mistake."""
    numbers = built(float, leaves, steps)
    grads = dict.fromkeys(numbers, 0.0)
    grads[list(grads)[-1]] = 1.0
    results = list(zip(_NAMES[len(leaves) :], steps, strict=False))
    for name, (sign, left, right) in reversed(results):
        for one, other in ((left, right), (right, left)):
            slope = 1.0 if sign == "+" else mistake.slope(numbers[one], numbers[other])
            grads[one] = mistake.joined(grads[one], mistake.share(grads[name], slope))
    return grads


def _program(arguments: Arguments) -> str:
    """An expression as it stands in a program."""
    leaves, steps = arguments["leaves"], arguments["steps"]
    named = _NAMES[: len(leaves)]
    lines = [f"{', '.join(named)} = {', '.join(f'Value({number})' for number in leaves)}"]
    lines += [f"{_NAMES[len(leaves) + k]} = {left} {sign} {right}" for k, (sign, left, right) in enumerate(steps)]
    return "; ".join([*lines, f"{_NAMES[len(leaves) + len(steps) - 1]}.backward()"])


def _about_uses(arguments: Arguments) -> str:
    uses = [name for _, left, right in arguments["steps"] for name in (left, right)]
    several = sorted({name for name in uses if uses.count(name) > 1})
    if not uses:
        return "A Value changes with itself as fast as itself: its own gradient is 1."
    if not several:
        return "Each Value is used once at most."
    return f"{several[0]} is used {uses.count(several[0])} times, so as many shares come back to it, and they add up."


SPECS = (
    FunctionSpec(
        number=40,
        name="value",
        part=PART,
        methods_of=ClassSpec("Value"),
        rules=(
            _operation("+", "__add__"),
            _operation("*", "__mul__"),
            Rule(
                name="backward",
                parameters=("self",),
                reference=_gradients,
                cases=tables(
                    _expression,
                    *(_LEAVES, _STEPS, _STEPS, _STEPS, _STEPS),
                    leaves=(3.0, -2.0),
                    first=("*", 1, 0),
                    second=("+", 0, 2),
                ),
                compare=_as_left,
                judged_by=_after_backward,
                shown=_program,
                remark=_about_uses,
            ),
        ),
        hints=(
            "What does a sum have to remember, so that it can tell its operands later how fast it changed with each of "
            "them? And a product? Let the new Value keep that.",
            "A product keeps two pairs: each operand, and how fast the product changes with it, which is the other "
            "operand's number. For a sum both are 1. Now backward is the same for both.",
            "To go back with d: add d to your own `grad`, then go back from each operand with d times its slope. Give "
            "`backward` a second parameter for that, which is 1.0 unless somebody says otherwise.",
        ),
    ),
)
