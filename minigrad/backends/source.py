"""A formula as source that numba compiles, for a CPU or a GPU.

Each step is one line, cast to the dtype that NumPy gives it. Left alone, numba would compute ``1 + a`` of a float32
``a`` in float64, at half the speed and with other last digits than NumPy and PyTorch have.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from minigrad.backends.formula import OPERATIONS, Number, Operand, Typed
from minigrad.dtypes import DType


def lines(found: Typed, out: DType, instead: Mapping[tuple[str, str], str] | None = None) -> list[str]:
    """The steps of a formula, one line each; the elements are ``v0``, ``v1``, ..., the last line is the ``result``.

    ``instead`` has other source than :data:`OPERATIONS` for some operations, in some dtypes.

    >>> from minigrad.backends.formula import formula, typed
    >>> single = np.dtype(np.float32)
    >>> lines(typed(formula(lambda a: 1 / (1 + a), 1), (single,)), single)
    ['v1 = float32(float32(1) + v0)', 'v2 = float32(float32(1) / v1)', 'result = v2']
    """
    dtypes = [*found.operands, *found.results]
    instead = instead or {}

    def value(given: Operand, dtype: DType) -> str:
        if isinstance(given, Number):
            return _number(given, dtype)
        return f"v{given}" if dtypes[given] == dtype else cast(dtype, f"v{given}")

    written = []
    steps = zip(found.formula.steps, found.meeting, found.results, strict=True)
    for place, ((operation, given), meeting, result) in enumerate(steps, start=len(found.operands)):
        needed = [_BOOL if operation == "select" and i == 0 else meeting for i in range(len(given))]
        source = instead.get((operation, meeting.name), OPERATIONS[operation].source)
        source = source.format(*[value(each, dtype) for each, dtype in zip(given, needed, strict=True)])
        if operation == "invert" and meeting == _BOOL:
            source = source.replace("~", "not ")
        if operation in _WHOLE and meeting.kind != "f":
            source = value(given[0], meeting)
        written.append(f"v{place} = {cast(result, source)}")
    return [*written, f"result = {value(found.formula.result, out)}"]


_BOOL = np.dtype(np.bool_)
_WHOLE = ("floor", "ceil", "trunc")


def _number(number: Number, dtype: DType) -> str:
    text = number.text.replace("inf", "math.inf").replace("nan", "math.nan")
    return text if number.kind == dtype.name else cast(dtype, text)


def cast(dtype: DType, text: str) -> str:
    """Source that converts to a dtype."""
    return f"{dtype.name}({text})"
