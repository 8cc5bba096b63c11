"""Gradients and Jacobians that a rule returned, compared with what was expected.

The results are arrays of floats. What holds them does not matter: a list, a minigrad tensor and float32 will do. A
comparison says, in a clause after the call, which element is wrong and which of the usual mistakes that looks like::

    returned [3.0, -2.0], expected [6.0, -4.0]: element [0] is 3.0, not 6.0
    It looks like the derivative without d: multiply it by d.

    gradient("grad_a")                              one gradient
    gradients("grad_a", "grad_b")                   one for each operand, in a tuple
    jacobian()                                      one Jacobian, outputs before inputs
    jacobian("of x", "of y", outputs=2)             one for each input, each with two dimensions for the outputs

``usual`` are a puzzle's own mistakes (see ``usual_mistakes.py``). ``terms`` says how large the terms were that were
summed, by name of the arguments like a reference; without it, a gradient may be off by a part of itself or of ``d``.
A derivative may be off by a part of itself or of 1: where it is 0, it may come out nearly 0, as of a sine of π.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from minigrad.workbook.checks.usual_mistakes import CLOSE, Usual, looks_like, same
from minigrad.workbook.notation import a_kind, written
from minigrad.workbook.spec import Arguments, Array, Compare

SHOWN_ELEMENTS = 12
"""An array with more of them is not shown as a whole."""

Terms = Callable[..., Any]


def gradient(name: str = "the gradient", *, usual: Sequence[Usual] = (), terms: Terms | None = None) -> Compare:
    """The result is one gradient."""

    def compare(arguments: Arguments, expected: Any, given: Any) -> str | None:
        if isinstance(given, tuple):
            return f"returned a tuple of {_count(len(given))}; expected {name} alone, {_shown(expected)}"
        return _compared((name,), arguments, (expected,), (given,), usual, terms)

    return compare


def gradients(*names: str, usual: Sequence[Usual] = (), terms: Terms | None = None) -> Compare:
    """The result is a gradient for each operand, in this order."""

    def compare(arguments: Arguments, expected: Any, given: Any) -> str | None:
        unlike = _not_so_many(names, given)
        return unlike or _compared(names, arguments, expected, given, usual, terms)

    return compare


def jacobian(*names: str, outputs: int | Callable[[Arguments], int] = 1, usual: Sequence[Usual] = ()) -> Compare:
    """The result is a Jacobian, or one for each of several inputs, named here.

    ``outputs`` is the number of dimensions that the function's result has: they come first.
    """

    def compare(arguments: Arguments, expected: Any, given: Any) -> str | None:
        several = len(names) > 1
        if several and (unlike := _not_so_many(names, given)):
            return unlike
        if not several and isinstance(given, tuple):
            return f"returned a tuple of {_count(len(given))}; expected one Jacobian, {_shown(expected)}"
        first = outputs if isinstance(outputs, int) else outputs(arguments)
        wanted = expected if several else (expected,)
        swapped = Usual(
            "a Jacobian with its dimensions swapped: outputs come first, then inputs",
            lambda **_: tuple(_inputs_first(each, first) for each in wanted),
        )
        diagonal = Usual(
            "the diagonal of the Jacobian alone: there is a row for each output",
            lambda **_: tuple(np.diagonal(each) if each.ndim == 2 else None for each in wanted),
        )
        added = Usual(
            "the Jacobian summed over the outputs: each output has derivatives of its own",
            lambda **_: tuple(each.sum(tuple(range(first))) if first else None for each in wanted),
        )
        return _compared(
            names or ("the Jacobian",),
            arguments,
            wanted,
            given if several else (given,),
            (*usual, swapped, diagonal, added),
            terms=lambda **_: 1.0,
        )

    return compare


class _Unlike(Exception):
    """A result is no array of floats; the message, a clause, says what it is."""


def _not_so_many(names: Sequence[str], given: Any) -> str | None:
    """What is wrong with the number of results."""
    wanted = f"expected {len(names)} arrays, ({', '.join(names)})"
    if given is None:
        return f"returned nothing; {wanted}: is there a return at the end?"
    if not isinstance(given, list | tuple):
        return f"returned {a_kind(given)}; {wanted}"
    if len(given) != len(names):
        return f"returned {_count(len(given))}; {wanted}"
    return None


def _compared(
    names: Sequence[str],
    arguments: Arguments,
    expected: Sequence[Array],
    given: Sequence[Any],
    usual: Sequence[Usual],
    terms: Terms | None,
) -> str | None:
    alone = len(names) == 1
    try:
        arrays = [
            _array("" if alone else name, each, wanted)
            for name, each, wanted in zip(names, given, expected, strict=True)
        ]
    except _Unlike as unlike:
        return str(unlike)
    sizes = terms(**arguments) if terms else _largest(arguments.get("d"))
    for place, (name, array, wanted) in enumerate(zip(names, arrays, expected, strict=True)):
        said = _difference(array, wanted, sizes[place] if isinstance(sizes, tuple) else sizes, "" if alone else name)
        if said:
            reason = looks_like(array, place, names, expected, arguments, usual)
            return said + (f"\nIt looks like {reason}." if reason else "")
    return None


def _array(name: str, value: Any, wanted: Array) -> Array:
    """What was returned, as an array of float64."""
    subject = f" as {name}" if name else ""
    shape = f"expected an array of shape {wanted.shape}"
    if value is None and name:
        raise _Unlike(f"returned None{subject}; {shape}: a gradient that vanishes is an array of zeros")
    if value is None:
        raise _Unlike(f"returned nothing; {shape}: is there a return at the end?")
    try:
        array = np.asarray(value.detach() if hasattr(value, "detach") else value)  # a tensor may have a history
    except Exception as error:  # a list with rows of different lengths, or anything that only looks like an array
        raise _Unlike(f"returned {written(value)}{subject}, which is no array; {shape}") from error
    if wanted.ndim and isinstance(value, bool | int | float | complex) and not isinstance(value, np.generic):
        raise _Unlike(f"returned {written(value)}, {a_kind(value)}{subject}; {shape}")
    if array.dtype.kind == "f" or (array.dtype.kind in "iu" and isinstance(value, list)):
        return array.astype(np.float64)
    if array.dtype.kind in "biuc":
        raise _Unlike(
            f"returned {_shown(array)}{subject}, whose dtype is {array.dtype}; {shape} and of floats, such as float64"
        )
    raise _Unlike(f"returned {a_kind(value)}{subject} that holds no numbers; {shape}")


def _difference(array: Array, wanted: Array, terms: Any, name: str) -> str | None:
    """What is wrong with a result, as a clause; None if nothing is."""
    subject = f"{name} = " if name else ""
    if array.shape != wanted.shape:
        kind = f"its shape is {array.shape}" if array.shape else "it is a number, of shape ()"
        return f"returned {subject}{_shown(array)}, expected {_shown(wanted)}: {kind}, and {wanted.shape} is wanted"
    off = np.abs(array - wanted)
    is_wrong = ~(off <= CLOSE * np.maximum(np.abs(wanted), terms))
    if not is_wrong.any():
        return None
    said = f"returned {subject}{_shown(array)}, expected {_shown(wanted)}"
    first = tuple(map(int, np.argwhere(is_wrong)[0]))
    if array.size > 1:
        said += f": element {list(first)} is {written(float(array[first]))}, not {written(float(wanted[first]))}"
    if not np.isfinite(array[is_wrong]).all():
        said += f"{',' if array.size > 1 else ':'} and every number should be finite"
    return said


def _inputs_first(right: Array, outputs: int) -> Array | None:
    """A Jacobian with its dimensions swapped; None where that is the same."""
    swapped = np.moveaxis(right, range(outputs), range(right.ndim - outputs, right.ndim))
    return None if same(swapped, right) else swapped


def _largest(d: Any) -> float:
    return float(np.max(np.abs(d), initial=0.0)) if isinstance(d, np.ndarray | float) else 0.0


def _shown(array: Any) -> str:
    array = np.asarray(array)
    if array.size > SHOWN_ELEMENTS or (array.size == 0 and array.shape != (0,)):
        return f"an array of shape {array.shape}"
    return written(array + 0.0 if array.dtype.kind == "f" else array)  # for -0.0 raises questions


def _count(entries: int) -> str:
    return "1 result" if entries == 1 else f"{entries} results"
