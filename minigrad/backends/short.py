"""The NumPy backend's short way for a few elements: a scalar function as one Python function, with nothing else to do.

The Python function is written from the formula. On one element it works on NumPy's numbers, with Python's operators:
that takes a tenth of the time of a NumPy function on an array.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np

from minigrad.backends import ScalarFunction
from minigrad.backends.formula import OPERATIONS, Operand, formula
from minigrad.backends.silence import silent
from minigrad.dtypes import DType

_MATH = SimpleNamespace(**{name: operation.on_arrays for name, operation in OPERATIONS.items()})

_NOT_ON_NUMBERS = ("pow", "erf", "erfc")
"""What may give a number other bits than an array's element."""


def _on_one_element(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *numbers: function(*[np.array([number]) for number in numbers])[0]


def short(parts: Sequence[tuple[ScalarFunction, Sequence[int]]], dtype: DType, one: bool) -> Callable[..., Any]:
    """Scalar functions, each of some of the operands, on whole storages of one length and this dtype, of floats.

    The operands of each are given by their places. The result is a new storage for each, in a tuple if there are
    several; with ``one``, storages are numbers. The bits are those of ``map`` and ``zip``. What is made raises
    RuntimeError while another thread is at it.

    >>> product = short([(lambda a, b: a * b, [0, 1])], np.dtype("float32"), False)
    >>> product(np.array([2, 3], "float32"), np.array([4, 5], "float32"))
    array([ 8., 15.], dtype=float32)
    """
    names: dict[str, Any] = {"math": _MATH}
    lines: list[str] = []
    results: list[str] = []

    def named(value: Any) -> str:
        name = f"x{len(names)}"
        names[name] = value
        return name

    def term(operand: Operand, values: list[str]) -> str:
        if isinstance(operand, int):
            return values[operand]
        number = operand.as_array(dtype)
        return named(number[0] if one else number)

    for function, places in parts:
        found = formula(function, len(places))
        values = [f"v{place}" for place in places]
        for operation, operands in found.steps:
            on_arrays, source = OPERATIONS[operation]
            given = [term(operand, values) for operand in operands]
            if not one:
                source = f"{named(on_arrays)}({', '.join(given)})"
            elif operation in _NOT_ON_NUMBERS:
                source = f"{named(_on_one_element(on_arrays))}({', '.join(given)})"
            values.append(f"t{len(lines)}")
            lines.append(f"  {values[-1]} = {source.format(*given)}")
        result = term(found.result, values)
        results.append(result if found.steps else f"{result}.copy()")
    count = 1 + max(place for _, places in parts for place in places)
    head = f"def steps({', '.join(f'v{place}' for place in range(count))}):"
    exec("\n".join([head, *lines, f"  return {', '.join(results)}"]), names)
    return silent(names["steps"])
