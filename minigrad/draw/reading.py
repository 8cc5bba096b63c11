"""What a value is, for a picture: a grid of numbers, parts that have labels, or words.

A value may be anything that a learner's function returned, so nothing here may raise, whatever it is: an object whose
``repr`` raises, a list that holds itself, an array of a billion elements that takes no memory. What is too much to be
shown is cut, and said to be cut.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from minigrad.draw.cells import number
from minigrad.tensor import Tensor

DEEPEST = 4
"""So many lists in one another are looked into; an array may have so many dimensions."""

MOST_PARTS = 8
"""So many parts of a value are shown."""

MOST_ELEMENTS = 1_000_000
"""A list of more elements than this is only said to be there."""

LONGEST = 60
"""So many letters of a text are shown."""

SHEETS = 6
"""So many matrices of an array of more than two dimensions are shown."""


@dataclass(frozen=True)
class Grid:
    """Elements in cells: an array, a tensor, a number, or lists of numbers that all have the same lengths.

    ``note`` says what it is where that cannot be seen.
    """

    elements: npt.NDArray[Any]
    note: str = ""


@dataclass(frozen=True)
class Parts:
    """A value made of others, such as a tuple of arrays; each has a label. ``more`` are left out."""

    parts: tuple[tuple[str, Seen], ...]
    note: str = ""
    more: int = 0


@dataclass(frozen=True)
class Words:
    """A value that is best said: a text, a function, nothing at all."""

    words: str


Seen: TypeAlias = "Grid | Parts | Words"


def seen(value: Any) -> Seen:
    """What this value is."""
    try:
        return _seen(value, 0)
    except Exception:  # a learner's object may do anything when it is looked at
        return Words(_a_kind(value))


def printable(words: str, longest: int = LONGEST) -> str:
    """These words on one line, without what no page can show."""
    shown = "".join(letter if letter.isprintable() else " " for letter in words[: longest + 1])
    return shown if len(shown) <= longest else f"{shown[:longest]}…"


def word(value: Any) -> str:
    """An element, as it stands in its cell."""
    try:
        if isinstance(value, np.generic) and not isinstance(value, np.number | np.bool_):
            value = value.item()
        if isinstance(value, bool | np.bool_):
            return str(bool(value))
        if isinstance(value, int) and value.bit_length() > 60:
            return f"{'-' if value < 0 else ''}2^{value.bit_length() - 1}…"
        if isinstance(value, int | float | np.number) and not isinstance(value, complex | np.complexfloating):
            return number(value)
        if isinstance(value, complex | np.complexfloating):
            return f"{value:.3g}"
        return printable(_repr(value), 12)
    except Exception:  # as above
        return "?"


def _seen(value: Any, depth: int) -> Seen:
    if isinstance(value, Tensor):
        return _array(value.backend.load(value))
    if isinstance(value, np.ndarray):
        return _array(value)
    if _is_scalar(value):
        return Grid(_object_array((), [value]))
    if isinstance(value, list | tuple):
        return _sequence(value, depth)
    if type(value) is dict:
        return _parts(value.items(), len(value), f"dict of {len(value)}", depth, _repr)
    if isinstance(value, range) and len(value) <= MOST_ELEMENTS:
        return Grid(_object_array((len(value),), value), f"range of {len(value)}")
    if isinstance(value, str):
        return Words(printable(repr(value)))
    if callable(value) and isinstance(getattr(value, "__name__", None), str):
        return Words(printable(value.__name__))
    return Words(printable(_repr(value)))


def _is_scalar(value: Any) -> bool:
    return isinstance(value, int | float | complex | np.number | np.bool_)


def _array(array: npt.NDArray[Any]) -> Seen:
    """An array, without the sheets that would not be shown anyway."""
    note = "" if array.ndim == 0 else f"array of {' × '.join(map(str, array.shape))}"
    if array.dtype.names is not None or array.dtype.kind in "VSU":
        return Words(f"an array of {printable(str(array.dtype), 30)}, {printable(str(array.shape), 30)}")
    array = np.asarray(array)
    if array.ndim > DEEPEST:
        note += ", of which a part is shown"
        array = array[(0,) * (array.ndim - DEEPEST)] if 0 not in array.shape else array.reshape(0)
    while array.ndim > 2 and math.prod(array.shape[:-2]) > SHEETS * SHEETS:
        note += "" if note.endswith("shown") else ", of which a part is shown"
        array = array[0]
    return Grid(array, note)


def _sequence(value: list[Any] | tuple[Any, ...], depth: int) -> Seen:
    kind = "tuple" if isinstance(value, tuple) else "list"
    if len(value) > MOST_ELEMENTS:
        return Words(f"a {kind} of {len(value)} elements")
    if depth >= DEEPEST:
        return Words("…")
    shape = _shape(value, DEEPEST - depth)
    if shape is not None and math.prod(shape) <= MOST_ELEMENTS and 0 not in shape[:-1]:
        grid = Grid(_object_array(shape, _leaves(value, len(shape))), f"{kind} of {len(value)}")
        return grid if len(shape) <= DEEPEST else Words(f"a {kind} of {len(value)} elements")
    return _parts(enumerate(value), len(value), f"{kind} of {len(value)}", depth, lambda place: f"[{place}]")


def _parts(items: Iterable[tuple[Any, Any]], count: int, note: str, depth: int, label: Callable[[Any], str]) -> Seen:
    if depth >= DEEPEST:
        return Words("…")
    shown = []
    for key, each in islice(items, MOST_PARTS):
        try:
            part = _seen(each, depth + 1)
        except Exception:  # as in seen
            part = Words(_a_kind(each))
        shown.append((printable(label(key), 16), part))
    return Parts(tuple(shown), note, count - len(shown))


def _shape(value: Sequence[Any], deepest: int) -> tuple[int, ...] | None:
    """The shape of lists in one another whose leaves are scalars; None where they are ragged or hold something else."""
    if all(map(_is_leaf, value)):
        return (len(value),)
    if deepest <= 1 or not all(isinstance(each, list | tuple) for each in value):
        return None
    inner = {_shape(each, deepest - 1) for each in value}
    [shape] = inner if len(inner) == 1 else [None]
    return None if shape is None else (len(value), *shape)


def _is_leaf(value: Any) -> bool:
    return value is None or _is_scalar(value)


def _leaves(value: Sequence[Any], depth: int) -> Iterable[Any]:
    return value if depth == 1 else (leaf for each in value for leaf in _leaves(each, depth - 1))


def _object_array(shape: tuple[int, ...], elements: Iterable[Any]) -> npt.NDArray[Any]:
    array = np.empty(math.prod(shape), dtype=object)
    for place, each in enumerate(elements):
        array[place] = each
    return array.reshape(shape)


def _repr(value: Any) -> str:
    try:
        words = repr(value)
    except Exception:  # as in seen
        return _a_kind(value)
    return words if isinstance(words, str) else _a_kind(value)


def _a_kind(value: Any) -> str:
    name = type(value).__name__
    return printable(f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}")


# --- Two of them beside each other


def differing(given: Seen, expected: Seen) -> tuple[tuple[int, ...], ...]:
    """The cells of ``given`` that are not those of ``expected``, where both are grids of as many dimensions.

    Numbers that differ by rounding only do not count, unless nothing else differs.
    """
    if not isinstance(given, Grid) or not isinstance(expected, Grid):
        return ()
    one, other = given.elements, expected.elements
    if one.ndim != other.ndim or max(one.size, other.size) > MOST_ELEMENTS:
        return ()
    corner = [slice(0, min(sizes)) for sizes in zip(one.shape, other.shape, strict=True)]
    common: Any = (*corner, ...)  # the dots keep it an array where there are no dimensions
    for close in (True, False):
        differ = np.ones(one.shape, dtype=bool)
        differ[common] = _differ(one[common], other[common], close)
        if differ.any():
            return tuple(tuple(map(int, index)) for index in np.argwhere(differ))
    return ()


def _differ(one: npt.NDArray[Any], other: npt.NDArray[Any], close: bool) -> npt.NDArray[np.bool_]:
    if one.dtype.kind in "biuf" and other.dtype.kind in "biuf":
        a, b = one.astype(float), other.astype(float)
        with np.errstate(all="ignore"):
            same = (a == b) | (np.isnan(a) & np.isnan(b))
            if close:
                same |= np.abs(a - b) <= 1e-6 * np.maximum(1.0, np.abs(b))
        return np.asarray(~same)
    differ = np.ones(one.shape, dtype=bool)
    for index in np.ndindex(one.shape):
        differ[index] = not _same(one[index], other[index], close)
    return differ


def _same(one: Any, other: Any, close: bool) -> bool:
    try:
        if isinstance(one, bool | np.bool_) is not isinstance(other, bool | np.bool_):
            return False
        if bool(one == other) or (one != one and other != other):
            return True
        return close and bool(abs(one - other) <= 1e-6 * max(1.0, abs(other)))
    except Exception:  # as in seen
        return False


def told_apart(one: Any, other: Any) -> tuple[str, str]:
    """Two elements that differ, as they stand in their cells: with as many digits as it takes."""
    short = word(one), word(other)
    if short[0] != short[1]:
        return short
    if all(isinstance(each, float | np.floating) for each in (one, other)):
        for digits in range(4, 18):
            longer = f"{float(one):.{digits}g}", f"{float(other):.{digits}g}"
            if longer[0] != longer[1]:
                return longer
    return short
