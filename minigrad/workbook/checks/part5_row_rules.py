"""Part 5, gradients: puzzles 65 to 67, where a row becomes one number: the largest, the product, the logsumexp."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from minigrad.workbook.checks import operands
from minigrad.workbook.checks.gradients import gradient
from minigrad.workbook.checks.operands import Draw, cases
from minigrad.workbook.checks.part5_rules import PART, autodiff
from minigrad.workbook.checks.usual_mistakes import Usual, without_d
from minigrad.workbook.notation import written
from minigrad.workbook.spec import Arguments, Array, Dims, FunctionSpec, Rule

# 65 to 67: a row of a becomes one number

_Rows = Callable[[Array, Array], Array]
"""From ``d``, with its dimension put back, and ``a`` to a gradient, row by row."""


def _row_reference(forward: Callable[[Any], Any]) -> Callable[..., Array]:
    return lambda d, a: autodiff(forward, d, a)[0]


def _row_case(draw: Draw) -> Callable[[Dims, int], Arguments]:
    return lambda shape, seed: {"d": operands.gradients(shape[:-1], seed), "a": draw(shape, seed, 1)}


def _by_rows(rule: _Rows) -> Callable[..., Array]:
    return lambda d, a: rule(d[..., None], a)


def _spread_wrongly(share: Callable[[Array], Array]) -> Callable[..., Array | None]:
    """d copied along the rows' dimension, where that fits; ``share`` is the right gradient of d = 1."""
    return lambda d, a: share(a) * d if d.ndim and d.shape[-1] == a.shape[-1] else None


def _row_rule(
    name: str,
    forward: Callable[[Any], Any],
    draw: Draw,
    about: Callable[[Array], str],
    *usual: Usual,
    terms: Callable[..., Any] | None = None,
) -> Rule:
    reference = _row_reference(forward)

    def share(a: Array) -> Array:
        return reference(np.ones(a.shape[:-1]), a)

    def remark(arguments: Arguments) -> str:
        a = arguments["a"]
        return about(a) if a.size else "There is no row, so there is nothing to send back."

    return Rule(
        name=f"{name}_backward",
        parameters=("d", "a"),
        reference=reference,
        cases=cases(_row_case(draw), operands.WITH_COLUMNS, operands.SEEDS, shape=(2, 3)),
        compare=gradient(
            "grad_a",
            usual=(
                *usual,
                Usual("d copied along the wrong dimension: each row has one number of d", _spread_wrongly(share)),
                Usual("d copied to every element of its row", _by_rows(lambda d, a: np.broadcast_to(d, a.shape))),
                without_d(reference),
            ),
            terms=terms,
        ),
        remark=remark,
    )


def _is_largest(a: Array) -> Array:
    return np.asarray(a == a.max(-1, keepdims=True))


def _is_last_largest(a: Array) -> Array:
    places = a.shape[-1] - 1 - np.argmax(a[..., ::-1], -1)
    return np.asarray(np.arange(a.shape[-1]) == places[..., None])


def _largest_of_all(d: Array, a: Array) -> Array:
    return np.where(a == a.max(initial=-np.inf), d[..., None], 0)


def _about_a_max(a: Array) -> str:
    ties = int((_is_largest(a).sum(-1) > 1).sum())
    many = "row" if ties == 1 else "rows"
    return f"Several elements are the largest in {ties} {many}." if ties else "No row has two that are the largest."


def _about_a_product(a: Array) -> str:
    zeros = (a == 0).sum(-1)
    counts = [int((zeros == number).sum()) for number in (0, 1, 2)]
    return f"Rows without a zero: {counts[0]}; with one: {counts[1]}; with more: {int(zeros.size) - sum(counts[:2])}."


def _about_a_logsumexp(a: Array) -> str:
    return f"The elements of a are between {written(float(a.min()))} and {written(float(a.max()))}."


def _divided(d: Array, a: Array) -> Array:
    return np.asarray(d * a.prod(-1, keepdims=True) / a)


def _softmax(a: Array, *, along: int | tuple[int, ...] = -1) -> Array:
    powers = np.exp(a - a.max(along, keepdims=True, initial=-np.inf))
    return np.asarray(powers / powers.sum(along, keepdims=True))


def _all_dims(a: Array) -> tuple[int, ...]:
    return tuple(range(a.ndim))


_MAX = _row_rule(
    "max",
    lambda a: a.max(-1).values,
    operands.tied,
    _about_a_max,
    Usual("all of d to every element at a tie: only the first gets it", _by_rows(lambda d, a: d * _is_largest(a))),
    Usual("d shared out at a tie: the first gets all of it",
          _by_rows(lambda d, a: d * _is_largest(a) / _is_largest(a).sum(-1, keepdims=True))),
    Usual("d to the last of several that are the largest: the first gets it",
          _by_rows(lambda d, a: d * _is_last_largest(a))),
    Usual("d to the largest of all: each row has one of its own", _largest_of_all),
    Usual("d times the largest element: a maximum moves just as much as that", _by_rows(
        lambda d, a: d * a * (np.arange(a.shape[-1]) == a.argmax(-1)[..., None]))),
)  # fmt: skip

_PROD = _row_rule(
    "prod",
    lambda a: a.prod(-1),
    operands.with_zeros,
    _about_a_product,
    Usual("a division of the product by each element, which is no number where that is 0", _by_rows(_divided)),
    Usual("a division by each element, with nothing where that is 0: there, the product of the others counts",
          _by_rows(lambda d, a: np.where(a == 0, 0, _divided(d, a)))),
    Usual("the product of all elements, the element's own included",
          _by_rows(lambda d, a: d * a.prod(-1, keepdims=True) * np.ones_like(a))),
    Usual("the product of the elements that are not 0, in every place",
          _by_rows(lambda d, a: d * np.where(a == 0, 1, a).prod(-1, keepdims=True) / np.where(a == 0, 1, a))),
)  # fmt: skip

_LOGSUMEXP = _row_rule(
    "logsumexp",
    lambda a: a.logsumexp(-1),
    operands.with_offsets,
    _about_a_logsumexp,
    Usual("a softmax over all elements: each row has one of its own",
          lambda d, a: d[..., None] * _softmax(a, along=_all_dims(a))),
    Usual("exp without the division by its sum", _by_rows(lambda d, a: d * np.exp(a))),
    Usual("exp that overflows, or of which nothing is left: it is the largest of each row that has to be taken off",
          _by_rows(lambda d, a: d * np.exp(a - a.max(initial=-np.inf))
                   / np.exp(a - a.max(initial=-np.inf)).sum(-1, keepdims=True))),
    Usual("exp of large numbers, which overflows: take the largest of each row off first",
          _by_rows(lambda d, a: d * np.exp(a) / np.exp(a).sum(-1, keepdims=True))),
    Usual("the gradient of a maximum: all elements have a share",
          _by_rows(lambda d, a: d * (np.arange(a.shape[-1]) == a.argmax(-1)[..., None]))),
    Usual("the backward rule of softmax: here, softmax is the derivative",
          _by_rows(lambda d, a: _softmax(a) * (d - (d * _softmax(a)).sum(-1, keepdims=True)))),
    # exp(a - out) is right, and its exponent is as inexact as a is large.
    terms=lambda d, a: max(np.abs(d).max(initial=0), 1) * max(np.abs(a).max(initial=0) / 16, 1),
)  # fmt: skip


SPECS = (
    FunctionSpec(
        number=65,
        name="max_rule",
        part=PART,
        rules=(_MAX,),
        hints=(
            "Change an element that is not the largest of its row by a little. What happens to the maximum? And what "
            "if you change the largest one?",
            "Choosing's gradient selects: `d` goes to one place in each row, and zeros go everywhere else. Which place "
            "that is, is a whole number; `argmax` finds it, and of several it finds the first.",
            "Compare the columns 0, 1, 2, … with each row's place: that is one True in each row. Both the places and "
            "`d` need a dimension of size 1 at the end to meet the columns.",
        ),
    ),
    FunctionSpec(
        number=66,
        name="prod_rule",
        part=PART,
        rules=(_PROD,),
        hints=(
            "Of a product of three numbers, how much does it change with the first? Write down the derivative by each, "
            "and look which elements are in it.",
            "It is the product of all others. Dividing the whole product by the element gives that only where the "
            "element is not 0. Which products can you form without dividing?",
            "The others are those before and those after. A running product from the left, moved by one place, has all "
            "that are before; one from the right has all that are after. With 1 at the ends.",
        ),
    ),
    FunctionSpec(
        number=67,
        name="logsumexp_rule",
        part=PART,
        rules=(_LOGSUMEXP,),
        hints=(
            "Use the chain rule from the outside: a logarithm, a sum, an exponential. What is the derivative of each?",
            "You get exp of the element, divided by the sum of all exps in its row. Shares that add up to 1: this is "
            "softmax. Then there is `d`, one number for each row.",
            "exp(1000) is too large for any float, exp(-1000) is 0. The shares stay the same if you subtract one and "
            "the same number from all elements of a row. Which one makes the largest exponent 0?",
        ),
    ),
)
