"""What a plain function returned, compared with what was expected, in a clause: ``returned 4, expected 5``.

A comparison gets the arguments of the call, the expected result and the given one, which may be anything at all, and
returns None where nothing is wrong. Values count, and not what holds them: a list, a tuple, an array or a range is as
good as any other, and so is an int of NumPy's. A bool is not an int, and a float is none even where it is equal to one.
"""

from __future__ import annotations

import contextlib
import operator
from collections.abc import Callable
from typing import Any

from minigrad.workbook.notation import a_kind, written
from minigrad.workbook.spec import Arguments, Compare

Ints = tuple[int, ...]


class _Unlike(Exception):
    """A value is not of the kind that is wanted: ``what`` it is instead, and ``advice``, which may be empty."""

    def __init__(self, what: str, advice: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.advice = advice


def an_int(arguments: Arguments, expected: int, given: Any) -> str | None:
    """The result is one int."""
    try:
        value = _int(given)
    except _Unlike as unlike:
        return _returned(given, unlike, f"expected the int {expected}")
    return None if value == expected else f"returned {written(given)}, expected {expected}"


def ints(arguments: Arguments, expected: Ints, given: Any) -> str | None:
    """The result is a sequence of ints."""
    return _sequence(expected, given, lambda _: True)


def strides_of_shape(shape: str) -> Compare:
    """The result is a sequence of strides, for the shape that is called so among the arguments.

    Strides along which nobody steps do not matter: those of an axis of one element, and all where there is no element.
    """

    def compare(arguments: Arguments, expected: Ints, given: Any) -> str | None:
        sizes = [int(size) for size in arguments[shape]]
        return _sequence(expected, given, lambda place: sizes[place] > 1 and 0 not in sizes)

    return compare


def strides_unless_empty(arguments: Arguments, expected: Ints, given: Any) -> str | None:
    """The result is a sequence of strides for the argument ``shape``; any will do where there is no element."""
    return _sequence(expected, given, lambda _: 0 not in arguments["shape"])


def a_view(arguments: Arguments, expected: tuple[Ints, Ints, int], given: Any) -> str | None:
    """The result is a shape, strides and a start, which lead to the expected elements in the expected order."""
    wanted = f"expected {written(expected)}"
    if isinstance(given, list | tuple) and len(given) != 3:
        return f"returned {written(given)}, which has {_count(len(given))}; {wanted}: a shape, strides and a start"
    try:
        if not isinstance(given, list | tuple):
            raise _unlike(given)
        shape, strides, start = (
            _ints(given[0], "the shape"),
            _ints(given[1], "the strides"),
            _int(given[2], "the start"),
        )
    except _Unlike as unlike:
        return _returned(given, unlike, wanted)
    if shape != expected[0]:
        return f"returned {written(given)}, {wanted}: the shape is wrong"
    if len(strides) != len(shape):
        return f"returned {written(given)}, {wanted}: there must be a stride for each size"
    if 0 in shape:
        return None  # no element, so nowhere to lead to
    if any(size > 1 and one != other for size, one, other in zip(shape, strides, expected[1], strict=True)):
        return f"returned {written(given)}, {wanted}: the strides are wrong"
    return None if start == expected[2] else f"returned {written(given)}, {wanted}: the start is wrong"


def _sequence(expected: Ints, given: Any, matters: Callable[[int], bool]) -> str | None:
    wanted = f"expected {written(expected)}"
    try:
        values = _ints(given)
    except _Unlike as unlike:
        return _returned(given, unlike, wanted)
    if len(values) != len(expected):
        return f"returned {written(given)}, which has {_count(len(values))}; {wanted}"
    wrong = [place for place, value in enumerate(values) if matters(place) and value != expected[place]]
    return f"returned {written(given)}, {wanted}" if wrong else None


def _int(value: Any, what: str = "") -> int:
    """A single int, whoever made it."""
    if not isinstance(value, bool):
        with contextlib.suppress(TypeError):
            return operator.index(value)
    raise _unlike(value, f"{what} is" if what else "")


def _ints(value: Any, what: str = "") -> Ints:
    """A sequence of ints, whatever holds them."""
    if not isinstance(value, list | tuple | range) and getattr(value, "ndim", None) != 1:
        raise _unlike(value, f"{what} are" if what else "")
    entries = list(value)  # of an array without elements the dtype does not matter
    if entries and _is_float(value):
        raise _Unlike("an array of floats", "np.zeros(n, np.int64) makes one of ints")
    return tuple(_int(entry, f"entry {place}{f' of {what}' if what else ''}") for place, entry in enumerate(entries))


def _unlike(value: Any, subject: str = "") -> _Unlike:
    """What a value is, and how it becomes what it should be, where that is known."""
    kind, advice = a_kind(value), ""
    if value is None:
        advice = "is there a return at the end?"
    elif hasattr(value, "__next__"):
        advice = "put tuple(...) around it"
    elif getattr(value, "ndim", 0) > 1:
        kind = f"an array with {value.ndim} dimensions"
    elif getattr(value, "ndim", 0) == 0 and _is_float(value):
        advice = "use // instead of /"
    return _Unlike(f"where {subject} {_also(value, kind)}" if subject else kind, advice)


def _is_float(value: Any) -> bool:
    return isinstance(value, float) or getattr(getattr(value, "dtype", None), "kind", "") == "f"


def _returned(given: Any, unlike: _Unlike, wanted: str) -> str:
    said = "nothing" if given is None else _also(given, unlike.what)
    return f"returned {said}; {wanted}{': ' if unlike.advice else ''}{unlike.advice}"


def _also(value: Any, what: str) -> str:
    """A value and what it is, which may be one and the same: a generator cannot be written."""
    text = written(value)
    return text if text == what else f"{text}, {what}"


def _count(entries: int) -> str:
    return "1 entry" if entries == 1 else f"{entries} entries"
