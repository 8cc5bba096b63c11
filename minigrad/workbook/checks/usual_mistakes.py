"""Which of the usual mistakes a wrong gradient looks like, found by making each of them.

A :class:`Usual` mistake says what somebody gets who makes it; a gradient that is the same looks like it. Those here
can be made from the right result and the arguments alone; a puzzle's table adds its own, which are tried first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from minigrad.workbook.notation import written
from minigrad.workbook.spec import Arguments, Array

CLOSE = 1e-5
"""How far two results may be apart, in parts of what was summed: float32 keeps more, and a mistake is larger."""


class Usual(NamedTuple):
    """A usual mistake: how it is called, after "It looks like", and what comes of it.

    ``gives`` gets the arguments by name and returns a gradient, or a tuple of one for each operand, or a list of such,
    if the mistake can be made in several ways. None is where it makes no sense.
    """

    says: str
    gives: Callable[..., Any]


def without_d(reference: Callable[..., Any]) -> Usual:
    """The derivative alone: what the rule ``reference`` gives for a ``d`` of ones."""
    return Usual(
        "the derivative without d: multiply it by d",
        lambda d, **others: reference(d=np.ones_like(d), **others),
    )


def looks_like(
    given: Array,
    place: int,
    names: Sequence[str],
    expected: Sequence[Array],
    arguments: Arguments,
    usual: Sequence[Usual],
) -> str:
    """How the mistake in ``given``, which should be ``expected[place]``, is called; "" if it is none that is usual."""
    with np.errstate(all="ignore"):
        for each in usual:
            made = each.gives(**arguments)
            for one in made if isinstance(made, list) else [made]:
                one = one[place] if isinstance(one, tuple) else one
                if one is not None and same(given, one):
                    return each.says
        return next(_general(given, place, names, expected, arguments.get("d")), "")


def same(one: Any, other: Any) -> bool:
    """Whether two results are the same in shape and, nearly, in value; nan equals nan."""
    one, other = np.asarray(one, np.float64), np.asarray(other, np.float64)
    if one.shape != other.shape:
        return False
    finite = np.abs(other[np.isfinite(other)])
    scale = CLOSE * finite.max() if finite.size else 0.0
    return bool(np.allclose(one, other, rtol=CLOSE, atol=scale, equal_nan=True))


def _general(given: Array, place: int, names: Sequence[str], expected: Sequence[Array], d: Any) -> Iterator[str]:
    """The mistakes that every rule can have, the likeliest first."""
    right = expected[place]
    if given.size and same(given, -right):
        yield "a wrong sign"
    for other, value in enumerate(expected):
        if other != place and same(given, value) and not same(given, right):
            yield f"{names[other]}: the gradients of different operands are mixed up"
    if right.ndim > 1 and same(given, right.T):
        yield "the right numbers, transposed"
    if right.ndim > 2 and same(given, np.swapaxes(right, -1, -2)):
        yield "the right numbers, with the last two dimensions swapped"
    if given.shape != right.shape:
        yield from _of_another_shape(given, right, d)
        return
    if d is not None and same(given, d):
        yield "d itself: the derivative is missing"
    if not np.any(given):
        yield "zeros: nothing arrives at all"
    if d is not None and np.shape(d) == right.shape and same(given, right * d):
        yield "a d too many: it is multiplied in twice"
    yield from _by_a_factor(given, right)


def _of_another_shape(given: Array, right: Array, d: Any) -> Iterator[str]:
    if given.size == right.size and same(given.ravel(), right.ravel()):
        if tuple(size for size in right.shape if size != 1) == given.shape:
            yield "the right numbers without a dimension of size 1, which has to be kept"
        yield "the right numbers in another shape"
    if d is not None and given.shape == np.shape(d):
        yield "a gradient that is not summed over what was broadcast: it still has the shape of d"
    try:
        is_spread = given.size and same(given, np.broadcast_to(right, given.shape))
    except ValueError:
        return
    if is_spread:
        yield "the right numbers, repeated"


def _by_a_factor(given: Array, right: Array) -> Iterator[str]:
    known = right != 0
    if known.sum() < 2 or not np.isfinite(given).all():
        return
    factor = float(given[known][0] / right[known][0])
    if factor and same(given, right * factor):
        yield f"a wrong factor: every element is {written(factor)} times what it should be"
