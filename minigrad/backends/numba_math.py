"""exp, log, tanh and their kin for a CPU's vector units.

numba calls the system's functions, for one element at a time. These have no branch, so a loop over them computes as
many elements at once as the CPU has lanes. They are right for every number, infinities and nan
included, to 3 units in the last place; erf to 15, and erfc, where it is tiny, to as many as its argument squared.

Each brings its argument into a short interval and takes a polynomial there. The polynomials are worked out when this
module is imported, by interpolation at Chebyshev's points.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
from numba import njit, types
from numba.extending import intrinsic

from minigrad.backends import arrays

# --- The bits of a number


@intrinsic
def _bits(typing_context: Any, a: Any) -> Any:
    """The bits of a float as an int of the same size, or of such an int as a float."""
    pairs: list[tuple[Any, Any]] = [(types.float32, types.int32), (types.float64, types.int64)]
    same_size = next(other for pair in pairs for one, other in (pair, pair[::-1]) if one == a)

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], context.get_value_type(same_size))

    return same_size(a), generate


bits: Any = _bits


def inlined(function: Callable[..., Any]) -> Any:
    """The function compiled into whatever calls it: a loop that has to call works on one element at a time."""
    return njit(function, forceinline=True)


# --- Polynomials


def _fitted(function: Callable[[float], float], low: float, high: float, degree: int) -> list[float]:
    """The coefficients, the highest first, of a polynomial that is close to a function between two numbers."""
    middle, half = (low + high) / 2, (high - low) / 2
    points = np.polynomial.chebyshev.chebinterpolate(np.vectorize(lambda x: function(middle + half * x)), degree)
    series = np.polynomial.Chebyshev(points, domain=[low, high])
    coefficients: list[float] = series.convert(kind=np.polynomial.Polynomial).coef[::-1].tolist()
    return coefficients


_LN2 = Decimal("0.69314718055994530941723212145817656807550013436")


def _exp_beyond_line(r: float) -> float:
    """(exp(r) - 1 - r) / r²."""
    return math.fsum(r**k / math.factorial(k + 2) for k in range(30))


def _log_beyond_line(w: float) -> float:
    """(atanh(s) / s - 1) / w, where w is s²; log(m) is 2 atanh(s) where s is (m - 1) / (m + 1)."""
    return math.fsum(w**k / (2 * k + 3) for k in range(40))


def _polynomial(coefficients: list[float], number: Any) -> Any:
    """A function that computes a polynomial by Horner's rule, written out."""
    names = {f"c{i}": number(c) for i, c in enumerate(coefficients)}
    text = "c0"
    for name in list(names)[1:]:
        text = f"({text}) * x + {name}"
    return inlined(eval(f"lambda x: {text}", names))


# --- The functions


def _made(number: Any, integer: Any, digits: int, exp_degree: int, log_degree: int) -> dict[str, Any]:
    """The functions for floats of so many binary digits."""
    info = np.finfo(number)
    bias = integer(info.maxexp - 1)
    shift = integer(digits - 1)
    whole = number(1.5 * 2 ** (digits - 1))  # adding this rounds to a whole number, which is then in the last bits
    whole_bits = integer(np.array(whole).view(integer))
    log2_e = number(1 / math.log(2))
    six, tiny_scale, eps = number(6), number(2.0**digits), number(info.eps)
    ln2_digits = 2 ** (digits // 2 - 1)
    ln2_high = number(math.floor(math.log(2) * ln2_digits) / ln2_digits)  # so short that n times it is exact
    ln2_low = number(_LN2 - Decimal(float(ln2_high)))
    most, least = number(info.maxexp * math.log(2) + 1), number((info.minexp - digits - 1) * math.log(2))
    highest = np.log(info.max)
    flat = number(digits * math.log(2))  # where tanh is 1 and expm1 of the opposite -1
    tiny, scale, one_step = number(info.tiny), integer(digits), integer(1)
    zero, half, one, two, inf, nan = (number(c) for c in (0.0, 0.5, 1.0, 2.0, math.inf, math.nan))
    root_two = number(math.sqrt(2))
    low_bits, exponent_of_one = integer(2 ** (digits - 1) - 1), integer(np.array(one).view(integer))
    bound = math.log(2) / 2 * 1.01
    exp_tail = _polynomial(_fitted(_exp_beyond_line, -bound, bound, exp_degree), number)
    log_tail = _polynomial(_fitted(_log_beyond_line, 0, 0.0298, log_degree), number)
    near_zero = _polynomial(arrays.near_zero(np.dtype(number)), number)
    far_from_zero = _polynomial(arrays.far_from_zero(np.dtype(number)), number)

    @inlined
    def power_of_two(k: Any) -> Any:
        return bits(integer((k + bias) << shift))

    @inlined
    def split(a: Any) -> Any:
        """The whole number k and the rest r of which a is k ln 2 + r, and exp(r) - 1."""
        shifted = a * log2_e + whole
        n = shifted - whole
        r = (a - n * ln2_high) - n * ln2_low
        return integer(bits(shifted) - whole_bits), r + r * r * exp_tail(r)

    @inlined
    def exp(a: Any) -> Any:
        a = most if a > most else a
        a = least if a < least else a
        k, rest = split(a)
        k_half = integer(k >> 1)
        return (one + rest) * power_of_two(k_half) * power_of_two(integer(k - k_half))

    @inlined
    def expm1(a: Any) -> Any:
        a = most if a > most else a
        a = -two * flat if a < -two * flat else a
        k, rest = split(a)
        power = power_of_two(integer(k - one_step))
        return inf if a > highest else two * (power * rest + (power - half))

    @inlined
    def tanh(a: Any) -> Any:
        size = abs(a)
        size = flat if size > flat else size
        grown = expm1(two * size)
        return math.copysign(grown / (grown + two), a)

    @inlined
    def log(a: Any) -> Any:
        small = a < tiny
        given = a * tiny_scale if small else a
        pattern = bits(given)
        m = bits(integer((pattern & low_bits) | exponent_of_one))
        e = integer((pattern >> shift) - bias)
        e = integer(e - scale) if small else e
        above = m > root_two
        m = m * half if above else m
        n = number(integer(e + one_step) if above else e)
        f = m - one
        s = f / (two + f)
        w = s * s
        value = n * ln2_high + (two * s + (two * s * w * log_tail(w) + n * ln2_low))
        value = inf if a == inf else value
        value = -inf if a == zero else value
        value = nan if a < zero else value
        return a if a != a else value

    @inlined
    def log1p(a: Any) -> Any:
        u = one + a
        corrected = log(u) + (a - (u - one)) / u
        value = corrected if (u > zero) & (u < inf) else log(u)
        return a if abs(a) < eps else value

    @inlined
    def erfc_of_size(size: Any) -> Any:
        distant = one if size < one else size
        return exp(-size * size) * far_from_zero(six / (two + distant) - one)

    @inlined
    def erf_near_zero(a: Any) -> Any:
        a = one if a > one else a
        a = -one if a < -one else a
        return a * near_zero(a * a)

    @inlined
    def erf(a: Any) -> Any:
        size = abs(a)
        near, far = erf_near_zero(a), math.copysign(one - erfc_of_size(size), a)
        return far if size > one else near

    @inlined
    def erfc(a: Any) -> Any:
        size = abs(a)
        near, tail = one - erf_near_zero(a), erfc_of_size(size)
        tail = two - tail if a < zero else tail
        return tail if size > one else near

    return {"exp": exp, "expm1": expm1, "log": log, "log1p": log1p, "tanh": tanh, "erf": erf, "erfc": erfc}


FUNCTIONS = {
    "float32": _made(np.float32, np.int32, 24, 4, 2),
    "float64": _made(np.float64, np.int64, 53, 9, 6),
}
"""The functions by dtype and by name."""

globals().update({f"{name}_{kind}": each for kind, made in FUNCTIONS.items() for name, each in made.items()})
