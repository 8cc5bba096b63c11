"""Part 5, gradients: puzzles 61 and 62, the backward rules of map and zip.

As in all puzzles up to 69, the functions are plain ones of float64 arrays. The reference is minigrad's autodiff: a
rule's result is what ``grad`` gives for the operation. The usual mistakes stand beside the rules that they are made in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from minigrad.workbook.checks import operands
from minigrad.workbook.checks.gradients import gradient, gradients
from minigrad.workbook.checks.operands import Draw, cases
from minigrad.workbook.checks.usual_mistakes import Usual, without_d
from minigrad.workbook.notation import written
from minigrad.workbook.spec import Arguments, Array, Dims, FunctionSpec, Rule

PART = "part5_gradients"


def autodiff(forward: Callable[..., Any], d: Array, *inputs: Array) -> tuple[Array, ...]:
    """The gradient of each input, by minigrad, when that of ``forward(*inputs)`` is ``d``."""
    import minigrad

    tensors = [minigrad.tensor(each, requires_grad=True) for each in inputs]
    out = forward(*tensors)
    if not out.requires_grad:  # a comparison, say: nothing changes with its operands, but in jumps
        return tuple(np.zeros(each.shape) for each in inputs)
    found = minigrad.grad(out, tensors, minigrad.tensor(d), materialize_grads=True)
    return tuple(np.asarray(each) for each in found)


# 61: the Jacobian of a map is diagonal

# What a rule that knows the result makes of the operand, if that is put in its place.
_FROM_RESULT: dict[str, Callable[[Array, Array], Array]] = {
    "inv": lambda d, out: -d * out * out,
    "sqrt": lambda d, out: d / (2 * out),
    "exp": lambda d, out: d * out,
    "sigmoid": lambda d, out: d * out * (1 - out),
    "tanh": lambda d, out: d * (1 - out * out),
}


def _map_rule(name: str, draw: Draw = operands.anything) -> Rule:
    def forward(a: Any) -> Any:
        import minigrad

        return a * a if name == "square" else getattr(minigrad, name)(a)

    def value(a: Array) -> Array:
        import minigrad

        return np.asarray(forward(minigrad.tensor(a)))

    def reference(d: Array, a: Array) -> Array:
        return autodiff(forward, d, a)[0]

    def remark(arguments: Arguments) -> str:
        d, a = arguments["d"], arguments["a"]
        if not a.size:
            return "There is no element, so the gradient has none."
        slope = float(reference(np.ones_like(a), a).flat[0])
        return (
            f"Where a is {written(float(a.flat[0]))}, {name} changes {written(slope)} times as fast as a, "
            f"and d is {written(float(d.flat[0]))}."
        )

    usual = [
        without_d(reference),
        Usual("d times the function's value, where its derivative belongs", lambda d, a: d * value(a)),
        Usual("d plus the derivative: the two are multiplied", lambda d, a: d + reference(np.ones_like(d), a)),
    ]
    if name in _FROM_RESULT:
        from_result = _FROM_RESULT[name]
        usual += [Usual(f"the rule for the result {name}(a), used on a itself", lambda d, a: from_result(d, a))]
    if name == "relu":
        usual += [Usual("a relu that lets d through at 0: there, nothing", lambda d, a: np.where(a >= 0, d, 0))]
        usual += [Usual("relu of d: whether a is positive decides, not d", lambda d, a: np.where(d > 0, d, 0))]

    def build(shape: Dims, seed: int) -> Arguments:
        return {"d": operands.gradients(shape, seed), "a": draw(shape, seed, 1)}

    return Rule(
        name=f"{name}_backward",
        parameters=("d", "a"),
        reference=reference,
        cases=cases(build, operands.SHAPES, operands.FEW_SEEDS, shape=(3,)),
        compare=gradient("grad_a", usual=usual),
        remark=remark,
    )


# 62: a zip has two diagonals

Pair = tuple[Array, Array]


def _a_pair(draw_a: Draw = operands.anything, draw_b: Draw = operands.anything) -> Callable[[Dims, int], Pair]:
    return lambda shape, seed: (draw_a(shape, seed, 1), draw_b(shape, seed, 2))


def _zip_rule(name: str, draw: Callable[[Dims, int], Pair], *usual: Usual) -> Rule:
    def forward(a: Any, b: Any) -> Any:
        import minigrad

        return getattr(minigrad, {"less": "lt"}.get(name, name))(a, b)

    def reference(d: Array, a: Array, b: Array) -> Pair:
        grad_a, grad_b = autodiff(forward, d, a, b)
        return grad_a, grad_b

    def build(shape: Dims, seed: int) -> Arguments:
        a, b = draw(shape, seed)
        return {"d": operands.gradients(shape, seed), "a": a, "b": b}

    return Rule(
        name=f"{name}_backward",
        parameters=("d", "a", "b"),
        reference=reference,
        cases=cases(build, operands.SHAPES, operands.FEW_SEEDS, shape=(3,)),
        compare=gradients("grad_a", "grad_b", usual=(*usual, without_d(reference))),
        remark=_about_a_zip,
    )


def _about_a_zip(arguments: Arguments) -> str:
    d, a, b = (arguments[name] for name in ("d", "a", "b"))
    if not a.size:
        return "There is no element, so both gradients have none."
    ties = int((a == b).sum())
    first = f"The first elements: d is {', a is '.join(written(float(each.flat[0])) for each in (d, a))}"
    tied = f" a and b are equal in {ties} of {a.size}." if ties else ""
    return f"{first}, b is {written(float(b.flat[0]))}.{tied}"


def _to_both(d: Array, a: Array, b: Array) -> Pair:
    return np.where(a >= b, d, 0), np.where(b >= a, d, 0)


def _to_larger(d: Array, a: Array, b: Array) -> Pair:
    return np.where(a > b, d, 0), np.where(b > a, d, 0)


_ZIP_RULES = (
    _zip_rule("add", _a_pair()),
    _zip_rule("sub", _a_pair(), Usual("a minus that is lost: b is subtracted", lambda d, a, b: (d, d))),
    _zip_rule(
        "mul",
        _a_pair(),
        Usual("d times an operand's own value: the other operand is the derivative", lambda d, a, b: (d * a, d * b)),
    ),
    _zip_rule(
        "div",
        _a_pair(draw_b=operands.nonzero),
        Usual("d times b: of a / b, the derivative by a is 1 / b", lambda d, a, b: (d * b, d * a)),
        Usual("a division by b that should be by its square", lambda d, a, b: (None, -d * a / b)),
    ),
    _zip_rule(
        "pow",
        _a_pair(draw_a=operands.positive),
        Usual("a power that is not made smaller by 1", lambda d, a, b: (d * b * a**b, None)),
        Usual("the power rule, used where the exponent changes", lambda d, a, b: (None, d * b * a ** (b - 1))),
        Usual("the logarithm of b, where that of a belongs", lambda d, a, b: (None, d * a**b * np.log(b))),
    ),
    _zip_rule(
        "maximum",
        operands.tied_pair,
        Usual("all of d at a tie, where each operand gets half of it", _to_both),
        Usual("nothing at a tie, where each operand gets half of d", _to_larger),
        Usual("d to the smaller operand: only the larger one is in the result", lambda d, a, b: _to_both(d, b, a)),
    ),
    _zip_rule(
        "less",
        operands.tied_pair,
        Usual("a gradient where the comparison holds: its result does not move", lambda d, a, b: (d * (a < b),) * 2),
        Usual("the gradient of a subtraction: a truth value does not move", lambda d, a, b: (d, -d)),
    ),
)


SPECS = (
    FunctionSpec(
        number=61,
        name="map_rules",
        part=PART,
        rules=(
            _map_rule("neg"),
            _map_rule("inv", operands.nonzero),
            _map_rule("square"),
            _map_rule("sqrt", operands.positive),
            _map_rule("exp"),
            _map_rule("log", operands.positive),
            _map_rule("sigmoid"),
            _map_rule("tanh"),
            _map_rule("relu"),
        ),
        hints=(
            "Each element of the result depends on one element of `a` alone. How much does it change when that one "
            "changes a little? And how much does that matter, if the result itself matters `d`?",
            "Look the derivative up, evaluate it at `a`, and multiply by `d`: element by element, with no sum. For "
            "`relu` there are two cases; a comparison gives 1 and 0 in a product.",
            "Three derivatives are short if you compute the function itself first: with e = exp(a) it is e, with "
            "s = sigmoid(a) it is s times what s lacks to 1, with t = tanh(a) it is 1 less the square of t.",
        ),
    ),
    FunctionSpec(
        number=62,
        name="zip_rules",
        part=PART,
        rules=_ZIP_RULES,
        hints=(
            "There are two questions, one for each operand. For each of them, hold the other operand still: then it is "
            "a map, and you know what to do.",
            "Of a product, the derivative by one factor is the other factor. Of a power, the exponent is still for "
            "one question and the base for the other, so they have different answers.",
            "A comparison is 1 or 0 in a product, so a choice needs no `if`. At a tie of `maximum`, the mean of "
            "`a > b` and `a >= b` is one half. A truth value does not move when its operands do, so its derivative is "
            "0, and an array of zeros says so.",
        ),
    ),
)
