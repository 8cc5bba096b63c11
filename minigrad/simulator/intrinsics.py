"""The small arithmetic functions of ``cuda`` that need nothing but their arguments."""

from __future__ import annotations

from typing import Any

import numpy as np


def _bits(value: Any) -> tuple[int, int]:
    """The value as an unsigned integer and its width; a Python int counts as 32 bits while it fits."""
    if isinstance(value, np.integer):
        width = 8 * value.itemsize if value.itemsize > 4 else 32
    else:
        width = 32 if -(1 << 31) <= int(value) < (1 << 32) else 64
    return int(value) & ((1 << width) - 1), width


def popc(value: Any) -> int:
    """How many bits are set."""
    return _bits(value)[0].bit_count()


def clz(value: Any) -> int:
    """How many zeros stand before the highest set bit."""
    bits, width = _bits(value)
    return width - bits.bit_length()


def ffs(value: Any) -> int:
    """The position of the lowest set bit, counted from 1; 0 if none is set."""
    bits, _ = _bits(value)
    return (bits & -bits).bit_length()


def brev(value: Any) -> int:
    """The bits in reverse order."""
    bits, width = _bits(value)
    return int(f"{bits:0{width}b}"[::-1], 2)


def fma(a: Any, b: Any, c: Any) -> Any:
    """``a * b + c``. A GPU rounds once, this rounds twice."""
    return a * b + c


def cbrt(value: Any) -> Any:
    """The cube root."""
    return np.cbrt(value)


def selp(condition: Any, if_true: Any, if_false: Any) -> Any:
    """One of two values."""
    return if_true if condition else if_false


ATOMIC_CHANGES: dict[str, Any] = {
    "add": lambda old, value: old + value,
    "sub": lambda old, value: old - value,
    "and_": lambda old, value: old & value,
    "or_": lambda old, value: old | value,
    "xor": lambda old, value: old ^ value,
    "exch": lambda old, value: value,
    "max": lambda old, value: max(old, value),
    "min": lambda old, value: min(old, value),
    "nanmax": lambda old, value: np.fmax(old, value),
    "nanmin": lambda old, value: np.fmin(old, value),
    "inc": lambda old, value: 0 if old >= value else old + type(old)(1),
    "dec": lambda old, value: value if old == 0 or old > value else old - type(old)(1),
}
"""What each ``cuda.atomic`` makes of the old value and the argument, both in the type of the array."""
