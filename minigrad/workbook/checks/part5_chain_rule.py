"""Part 5, gradients: puzzle 39, whose answer is a ``Function``: G(x1, x2) = (x1, x1 · x2), forwards and backwards.

Each of the two methods has a rule of its own, and is called as a program calls it: by ``G.apply`` and
``minigrad.grad``. So it is minigrad that says whether a result can be a gradient at all.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from minigrad.workbook.checks import operands
from minigrad.workbook.checks.gradients import gradient
from minigrad.workbook.checks.tables import tables
from minigrad.workbook.checks.usual_mistakes import Usual
from minigrad.workbook.notation import written
from minigrad.workbook.spec import Arguments, Array, ClassSpec, FunctionSpec, Rule

PART = "part5_gradients"


def _example(x: Any) -> Any:
    import minigrad

    return minigrad.tensor([x[0], x[0] * x[1]])


def _outputs(x: Array) -> Array:
    import minigrad

    return np.asarray(_example(minigrad.from_numpy(x)))


def _gradient(x: Array, d: Array) -> Array:
    import minigrad

    _, found = minigrad.vjp(_example, minigrad.from_numpy(x), minigrad.from_numpy(d))
    return np.asarray(found)


def _point(seed: int) -> Arguments:
    return {"x": operands.with_zeros((2,), seed, 1)}


def _point_and_d(seed: int) -> Arguments:
    return {**_point(seed), "d": operands.gradients((2,), seed)}


def _later(x: Array) -> Array:
    """Where the Function is applied once more before it goes back."""
    return np.add(x, (1.0, 2.0))


def _applied(function: Any, arguments: Arguments) -> Any:
    import minigrad

    return function.apply(minigrad.from_numpy(arguments["x"]).requires_grad_()).detach()


def _gone_back(function: Any, arguments: Arguments) -> Any:
    """The gradient of x as minigrad gets it. The tensors share the memory of the arguments, so changes show there."""
    import minigrad

    x = minigrad.from_numpy(arguments["x"]).requires_grad_()
    out = function.apply(x)
    function.apply(minigrad.from_numpy(_later(arguments["x"])).requires_grad_())
    saved_nothing = out.node is not None and _saved_nothing(out.node.ctx)  # no floats, no history
    try:
        (found,) = minigrad.grad(out, x, minigrad.from_numpy(arguments["d"]))
    except Exception as error:
        if saved_nothing:
            error.add_note("It looks like a forward that saves nothing: ctx.save_for_backward(x) keeps x for backward.")
        raise
    return found


def _saved_nothing(ctx: Any) -> bool:
    attributes = vars(ctx).keys() - {"needs_input_grad", "_node"}
    return not ctx.saved_values and not attributes


def _of_floats(arguments: Arguments, expected: Array, given: Any) -> str | None:
    """The result is a tensor of float64, with the expected values."""
    wrong = gradient("the result", usual=_FORWARD)(arguments, expected, given)
    if wrong or given.dtype == np.float64:
        return wrong
    return (
        f"returned a tensor of {given.dtype}, expected {written(expected)} of float64, as x is: a tensor made of "
        "tensors such as x[0] keeps their dtype, and one made of Python's floats has float32"
    )


_FORWARD = (
    Usual("the inputs as they are: the second output is a product", lambda x: x),
    Usual("the outputs in the wrong order", lambda x: _outputs(x)[::-1]),
    Usual("a sum where the product belongs", lambda x: np.array([x[0], x[0] + x[1]])),
    Usual("the derivatives, and not the outputs", lambda x: np.array([1, x[1]])),
)

_BACKWARD = (
    Usual(
        "the derivatives without d: each is multiplied by the d of its output", lambda x, d: _gradient(x, np.ones(2))
    ),
    Usual(
        "a Jacobian with its dimensions swapped: for an input, go down its column and sum over the outputs",
        lambda x, d: np.array([d[0], x[1] * d[0] + x[0] * d[1]]),
    ),
    Usual("the second output alone: x1 is the first output too", lambda x, d: np.array([d[1] * x[1], d[1] * x[0]])),
    Usual(
        "the diagonal of the Jacobian alone: x1 reaches the second output as well",
        lambda x, d: np.array([d[0], d[1] * x[0]]),
    ),
    Usual(
        "x1 and x2 mixed up: x1 · x2 changes by the other factor",
        lambda x, d: np.array([d[0] + d[1] * x[0], d[1] * x[1]]),
    ),
    Usual("the derivatives of x1 · x2 with the d of x1", lambda x, d: np.array([d[1] + d[0] * x[1], d[0] * x[0]])),
    Usual(
        "the outputs in place of the inputs: it is x that backward needs",
        lambda x, d: _gradient(_outputs(x), d),
    ),
    Usual(
        "the x of a later call: forward ran twice before backward did, so each call keeps its x in its own ctx",
        lambda x, d: _gradient(_later(x), d),
    ),
    Usual("d times the outputs: their derivatives belong there", lambda x, d: d * _outputs(x)),
)


SPECS = (
    FunctionSpec(
        number=39,
        name="chain_rule",
        part=PART,
        methods_of=ClassSpec("G", base="minigrad.Function"),
        rules=(
            Rule(
                name="forward",
                parameters=("ctx", "x"),
                reference=_outputs,
                cases=tables(_point, operands.SEEDS),
                compare=_of_floats,
                judged_by=_applied,
                shown=lambda arguments: f"G.forward(ctx, {written(arguments['x'])})",
                remark=lambda arguments: "G(x1, x2) = (x1, x1 · x2).",
            ),
            Rule(
                name="backward",
                parameters=("ctx", "d"),
                reference=_gradient,
                cases=tables(_point_and_d, operands.SEEDS),
                compare=gradient(usual=_BACKWARD),
                judged_by=_gone_back,
                shown=lambda arguments: (
                    f"G.backward(ctx, {written(arguments['d'])}), after G.forward(ctx, {written(arguments['x'])}),"
                ),
                remark=lambda arguments: (
                    "x is one input, so there is one gradient: a tensor with two elements, as x has."
                ),
            ),
        ),
        hints=(
            "Forwards, two elements have to be computed. Backwards, you need numbers that only forward has seen: which "
            "of the four derivatives of puzzle 38 depend on x?",
            "x1 reaches both outputs, so its gradient is a sum of two products: the d of each output, times the "
            "derivative of that output by x1. How many terms has the gradient of x2?",
            "What forward gives to `ctx.save_for_backward`, backward finds in the tuple `ctx.saved_values`. The "
            "gradient is a `minigrad.tensor` of a list with two entries: the first is about x[0], and reads down the "
            "first column of the table of puzzle 38.",
        ),
    ),
)
