"""What the rules of Part 5 are called with: arrays of float64, drawn from tables.

Each array is drawn by one number, its seed, as those of the kernels are (see ``values.py``). Seed 0 is a pattern that a
person can follow in the head, made so that the usual mistakes give different results; the others are stretches of
halves between -4 and 4, with zeros, ties and negative numbers. ``d`` is never all ones, which would hide that it is
missing, and nowhere 0, which hides everything.
"""

from __future__ import annotations

from collections.abc import Callable
from math import prod

from minigrad.workbook.checks.tables import tables
from minigrad.workbook.checks.values import counting
from minigrad.workbook.spec import Array, Dims

SHAPES: tuple[Dims, ...] = ((2,), (3,), (2, 3), (2, 1, 3), (), (0,), (4, 6))
"""Shapes for what is done element by element, the most readable first."""

WITH_COLUMNS: tuple[Dims, ...] = ((2,), (3,), (1,), (2, 2), (2, 3), (3, 1), (2, 1, 3), (2, 2, 2), (6,), (4, 5), (0, 2))
"""Shapes whose last dimension has elements."""

FEW_SEEDS = range(6)
"""The seeds that are drawn where a puzzle has many functions; 0 is the readable pattern."""

SEEDS = range(12)
"""The seeds that are drawn where it has one or two."""

_PATTERNS = ((5, 2, -1, 3, -2, 4), (3, -2, 0, 0.5, -1, 1.5), (-3, 4, 2, -1, 1.5, 0.5))
"""For ``d``, for the first operand, for the second."""

Draw = Callable[[Dims, int, int], Array]
"""Makes an array from its shape, its seed and its place: 0 for ``d``, 1 for the first operand."""

cases = tables
"""What a rule is called with: ``build`` makes the arguments of one entry of each table."""


def anything(shape: Dims, seed: int, place: int) -> Array:
    """Halves from -4 to 4."""
    import numpy as np

    if seed:
        return counting(shape, seed, place).astype(np.float64)
    return np.resize(np.array(_PATTERNS[place], np.float64), shape) if prod(shape) else np.zeros(shape)


def gradients(shape: Dims, seed: int) -> Array:
    """A ``d``: no zeros, and not ones alone."""
    import numpy as np

    d = nonzero(shape, seed, 0)
    return np.asarray(d + 1) if (d == 1).all() else d


def nonzero(shape: Dims, seed: int, place: int) -> Array:
    """Anything that one can divide by."""
    numbers = anything(shape, seed, place)
    numbers[numbers == 0] = 4.5
    return numbers


def positive(shape: Dims, seed: int, place: int) -> Array:
    """Halves from 0.5 to 4.5, and 4, 0.25, 9, … at first, which have roots."""
    import numpy as np

    if seed == 0:
        return np.resize(np.array([4, 0.25, 9, 2.25, 16, 1]), shape) if prod(shape) else np.zeros(shape)
    return np.asarray(np.abs(anything(shape, seed, place)) + 0.5)


def tied(shape: Dims, seed: int, place: int) -> Array:
    """Few different numbers: whole ones from -2 to 2, so several are the largest."""
    import numpy as np

    return np.asarray(np.trunc(anything(shape, seed, place) / 2) + 0.0) if seed else anything(shape, seed, place)


def tied_pair(shape: Dims, seed: int) -> tuple[Array, Array]:
    """Two arrays that are equal at every third place, from seed 1 on."""
    import numpy as np

    a, b = anything(shape, seed, 1), anything(shape, seed, 2)
    is_tied = (np.arange(a.size) % 3 == seed % 3).reshape(shape)
    return a, np.where(is_tied, a, b) if seed else b


def with_zeros(shape: Dims, seed: int, place: int) -> Array:
    """Anything but 0, and then as many zeros in each row as the row and the seed say: none, one or two."""
    numbers = nonzero(shape, seed, place)
    rows = numbers.reshape(-1, shape[-1])
    for row in range(len(rows)):
        for column in range((row + seed) % 3):
            rows[row, (column * 2 + seed) % shape[-1]] = 0
    return numbers


OFFSETS = (0, 0, 1000, -1000)
"""What is added to all of a row: too much for ``exp``."""


def with_offsets(shape: Dims, seed: int, place: int) -> Array:
    """Anything, and from seed 3 on each row moved by an offset of its own."""
    numbers = anything(shape, seed, place)
    rows = numbers.reshape(-1, shape[-1])
    for row in range(len(rows)):
        rows[row] += OFFSETS[(row + seed) % len(OFFSETS)] if seed >= 3 else 0
    return numbers
