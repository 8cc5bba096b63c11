"""What NumPy lacks, or has slower than need be: ``where`` into a given array, and the error function.

Each takes arrays and numbers and, like a NumPy function, ``out``.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from minigrad.backends import Array
from minigrad.dtypes import DType

_BITS: dict[int, DType] = {4: np.dtype(np.int32), 8: np.dtype(np.int64)}


def where(condition: Array, a: Any, b: Any, out: Array | None = None) -> Array:
    """``a`` where the condition holds, else ``b``.

    NumPy's own jumps at every element, which is slow where the condition has no pattern. Here the bits of ``a``
    and ``b`` are blended: ``b ^ ((a ^ b) & mask)``, where the mask has all bits set or none.

    >>> where(np.array([True, False]), np.array([1, 2]), 0)
    array([1, 0])
    """
    if out is None:
        chosen: Array = np.where(condition, a, b)
        return chosen
    bits = _BITS.get(out.itemsize)
    if out.size < 1000 or bits is None or condition.dtype != bool:
        out[...] = np.where(condition, a, b)
        return out
    a, b = (np.asarray(choice, out.dtype).view(bits) for choice in (a, b))
    mask = condition.view(np.int8).astype(bits)
    np.negative(mask, out=mask)
    mask &= a ^ b
    np.bitwise_xor(mask, b, out=out.view(bits))
    return out


def erf(a: Any, out: Array | None = None) -> Array:
    """The error function, to a few units in the last place.

    >>> bool(abs(erf(np.array([0.3]))[0] - math.erf(0.3)) < 1e-15)
    True
    """
    return _from_two_sides(a, out, lambda small: small, lambda a, tail: np.copysign(1 - tail, a))


def erfc(a: Any, out: Array | None = None) -> Array:
    """One less the error function; where ``a`` is large, the relative error grows with its square.

    >>> bool(abs(erfc(np.array([5.0]))[0] / math.erfc(5) - 1) < 1e-13)
    True
    """
    return _from_two_sides(a, out, lambda small: 1 - small, lambda a, tail: np.where(a < 0, 2 - tail, tail))


def _from_two_sides(a: Any, out: Array | None, near: Callable[[Array], Array], far: Callable[..., Array]) -> Array:
    """What ``near`` makes of erf(a) where a is at most 1 in size, and ``far`` of erfc(\\|a\\|) elsewhere."""
    a = np.asarray(a)
    a = a if a.dtype.kind == "f" else a.astype(np.float64)
    size = np.abs(a)
    close, distant = np.minimum(size, 1), np.maximum(size, 1)
    small = near(a * _polynomial(near_zero(a.dtype), close * close))
    large = far(a, np.exp(-size * size) * _polynomial(far_from_zero(a.dtype), 6 / (2 + distant) - 1))
    return where(np.asarray(size > 1), large, small, out=np.empty_like(a) if out is None else out)


def _polynomial(coefficients: list[float], x: Array) -> Array:
    """The polynomial with these coefficients, the highest first, by Horner's rule."""
    value = np.full_like(x, coefficients[0])
    for coefficient in coefficients[1:]:
        value *= x
        value += coefficient
    return value


@lru_cache
def near_zero(dtype: DType) -> list[float]:
    """erf(a) / a as a polynomial in a², the highest coefficient first: its Taylor series, which does for a up to 1."""
    terms = 10 if dtype == np.float32 else 18
    return [2 / math.sqrt(math.pi) * (-1) ** n / (math.factorial(n) * (2 * n + 1)) for n in reversed(range(terms))]


@lru_cache
def far_from_zero(dtype: DType) -> list[float]:
    """erfc(a) exp(a²) as a polynomial in 6 / (2 + a) - 1, the highest coefficient first, fitted for a from 1 up."""

    def scaled(x: float) -> float:  # Laplace's continued fraction
        a = 6 / (x + 1) - 2
        below = 0.0
        for k in range(400, 0, -1):
            below = k / 2 / (a + below)
        return 1 / (a + below) / math.sqrt(math.pi)

    chebyshev = np.polynomial.chebyshev
    fitted = chebyshev.chebinterpolate(np.vectorize(scaled), 40)[: 11 if dtype == np.float32 else 26]
    coefficients: list[float] = chebyshev.cheb2poly(fitted)[::-1].tolist()
    return coefficients
