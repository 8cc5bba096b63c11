"""What the arrays of a case hold: a readable pattern, or small numbers that float32 keeps exactly.

Each array of a case is drawn by one number, its seed. Seed 0 is a pattern that a person can check in the
head, and that hypothesis shrinks towards; every other seed names a fixed stretch of small halves with zeros,
ties and negative numbers among them. Sums and products of these are exact in float32, so checks compare them
bit for bit.

numpy is imported where it is needed: the tables of puzzles stand on this module, and every pytest run loads
them.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from math import prod

from minigrad.workbook.spec import Array, Dims

SEEDS = range(12)
"""The seeds that are drawn; 0 is the readable pattern."""

Fill = Callable[[Dims, int, int], Array]
"""Makes an array from its shape, its seed, and its place among the inputs (0 for the first)."""

_STRETCH = 2048
_SIGNED = ((1, -3, 2, 0, -1, 4), (-1, 2, -5, 0, 1, 3))


def counting(shape: Dims, seed: int, place: int) -> Array:
    """Seed 0 counts: 1, 2, 3 … in the first array, 10, 20, 30 … in the second, 100, 200, 300 … in the third.

    So a result shows which arrays, and which of their elements, went into it.
    """
    import numpy as np

    if seed:
        return _halves(shape, seed, place)
    return (np.arange(1, prod(shape) + 1, dtype=np.float32) * np.float32(10**place)).reshape(shape)


def signed(shape: Dims, seed: int, place: int) -> Array:
    """Seed 0 repeats (1, −1), (−3, 2), (2, −5), (0, 0), (−1, 1), (4, 3): ties, and each array larger once.

    Of the others, some are halves, some so small that a tolerance would swallow them, and some so large that a sum
    with them is not exact. They are for kernels that compare and copy.
    """
    import numpy as np

    if seed:
        return _halves(shape, seed, place) * np.float32((1.0, 2.0**-40, 2.0**40)[_scale(seed)])
    return np.resize(np.array(_SIGNED[place], dtype=np.float32), shape)


def _scale(seed: int) -> int:
    """Which of three sizes the numbers of a seed have: arrays of seeds 1 to 6 have the first."""
    return 0 if seed <= 6 else 1 + seed % 2


def squares(shape: Dims, seed: int, place: int) -> Array:
    """Seed 0 is 1, 4, 9, 16 …: the sum of two of them tells which two, as that of 1, 2, 3 … does not."""
    import numpy as np

    if seed:
        return _halves(shape, seed, place)
    return (np.arange(1, prod(shape) + 1, dtype=np.float32) ** 2).reshape(shape)


def low(shape: Dims, seed: int, place: int) -> Array:
    """Seed 0 counts; the others are halves, halves below zero, and such times 2¹⁰⁰, in turn.

    So the largest of them may be far below 0, or below any number that seems small enough.
    """
    import numpy as np

    if seed % 3 == 0:
        return counting(shape, seed, place)
    below = -np.abs(_halves(shape, seed, place)) - np.float32(0.5)
    return below if seed % 3 == 1 else below * np.float32(2.0**100)


def tied(shape: Dims, seed: int, place: int) -> Array:
    """Seed 0 counts; seed 1 is a 2 everywhere, seed 2 a 1 at the beginning of each row and then 2.

    The others are ``low``, every second of them with the largest element of each row at its end too.
    """
    import numpy as np

    if seed not in (1, 2):
        rows = low(shape, seed, place)
        if seed % 2:
            rows[..., -1] = rows.max(axis=-1)
        return rows
    rows = np.full(shape, 2, np.float32)
    if seed == 2 and shape[-1] > 1:
        rows[..., 0] = 1
    return rows


def unwritten(shape: Dims) -> Array:
    """An output that holds nothing yet: NaN, which equals no right answer."""
    import numpy as np

    return np.full(shape, np.nan, dtype=np.float32)


def _halves(shape: Dims, seed: int, place: int) -> Array:
    """Numbers from −4 to 4 in steps of one half."""
    import numpy as np

    stretch = _drawn(seed, place)
    wanted = prod(shape)
    return stretch[:wanted].reshape(shape).copy() if wanted <= _STRETCH else np.resize(stretch, shape)


@cache
def _drawn(seed: int, place: int) -> Array:
    import numpy as np

    numbers = np.random.default_rng((seed, place)).integers(-8, 9, _STRETCH)
    return (numbers / 2).astype(np.float32)
