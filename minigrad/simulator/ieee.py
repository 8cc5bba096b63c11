"""Arithmetic as a GPU does it: infinities and NaN where Python would raise.

``math`` is what a kernel's ``math`` becomes. Where Python's function answers, its answer stands (bit for bit what
numba's own simulator gives); only where it raises is the IEEE value put in its place.
"""

from __future__ import annotations

import math as python_math
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import numpy as np

_NUMPY_NAMES = {
    "acos": "arccos",
    "acosh": "arccosh",
    "asin": "arcsin",
    "asinh": "arcsinh",
    "atan": "arctan",
    "atanh": "arctanh",
    "atan2": "arctan2",
    "pow": "power",
}


def _gamma(x: float) -> float:
    if x == 0:
        return python_math.copysign(python_math.inf, x)
    return python_math.inf if x > 0 else python_math.nan


def _where_python_raises(name: str) -> Callable[..., Any]:
    special: dict[str, Callable[..., Any]] = {
        "gamma": _gamma,
        "lgamma": lambda x: python_math.inf,
        "ldexp": lambda x, e: python_math.copysign(python_math.inf, x),
        "fmod": lambda x, y: python_math.nan,
        "remainder": lambda x, y: python_math.nan,
        "hypot": lambda *xs: python_math.inf,
        # The three that make integers: a GPU keeps inf and NaN as floats.
        "floor": lambda x: x,
        "ceil": lambda x: x,
        "trunc": lambda x: x,
    }
    if name in special:
        return special[name]
    numpy_function = getattr(np, _NUMPY_NAMES.get(name, name), None)

    def ieee(*arguments: Any) -> Any:
        if numpy_function is None:
            return python_math.nan
        return float(numpy_function(*(np.float64(argument) for argument in arguments)))

    return ieee


def _ieee_function(name: str) -> Callable[..., Any]:
    python_function = getattr(python_math, name)
    fallback = _where_python_raises(name)

    def function(*arguments: Any) -> Any:
        try:
            return python_function(*arguments)
        except (OverflowError, ValueError, ZeroDivisionError):
            return fallback(*arguments)

    function.__name__ = function.__qualname__ = name
    return function


math = SimpleNamespace(
    **{
        name: _ieee_function(name) if callable(getattr(python_math, name)) else getattr(python_math, name)
        for name in dir(python_math)
        if not name.startswith("_")
    }
)
"""Stands in for the ``math`` module inside a kernel."""


def true_divide(x: Any, y: Any) -> Any:
    """``x / y`` with infinities and NaN instead of ZeroDivisionError."""
    try:
        return x / y
    except ZeroDivisionError:
        return float(np.float64(x) / np.float64(y))


def float_floor_divide(x: Any, y: Any) -> Any:
    """``x // y`` for a float ``y`` of zero."""
    return float(np.float64(x) // np.float64(y))


def float_remainder(x: Any, y: Any) -> Any:
    """``x % y`` for a float ``y`` of zero: NaN."""
    return python_math.nan


def power(x: Any, y: Any) -> Any:
    """``x ** y``, real valued: NaN where Python would go complex, infinity where it would overflow."""
    try:
        result = x**y
    except (ZeroDivisionError, OverflowError):
        return float(np.power(np.float64(x), np.float64(y)))
    return python_math.nan if isinstance(result, complex) else result


def truth(value: Any) -> Any:
    """The answer of a comparison as a plain bool, with which arithmetic works as on a GPU: True + True is 2.

    NumPy's own would answer True, and refuse to subtract.
    """
    return bool(value) if type(value) is np.bool_ else value


def invert(value: Any) -> Any:
    """``~value``; of a truth value it is the other one, as numba has it, where Python would answer -2."""
    return not value if isinstance(value, bool | np.bool_) else ~value
