"""The types of elements, and the type of a result when operands differ.

The dtypes are NumPy's own objects, under PyTorch's names. The rule for mixed operands is PyTorch's, not
NumPy's: what a tensor with dimensions holds decides, and a Python number never makes it wider.
"""

from __future__ import annotations

import builtins
from collections.abc import Iterable
from typing import Any, cast

import numpy as np

from minigrad.errors import MinigradError

DType = np.dtype[Any]

Number = builtins.bool | int | float | np.bool_ | np.integer[Any] | np.floating[Any]
NUMBERS = (builtins.bool, int, float, np.bool_, np.integer, np.floating)
"""What counts as a Python number: NumPy's scalars too."""

bool = np.dtype(np.bool_)
int32 = np.dtype(np.int32)
int64 = np.dtype(np.int64)
float32 = np.dtype(np.float32)
float64 = np.dtype(np.float64)

_WIDTH = {dtype: width for width, dtype in enumerate((bool, int32, int64, float32, float64))}


def as_dtype(dtype: Any) -> DType:
    """The dtype that ``dtype`` names, if tensors can hold it.

    >>> as_dtype("float32")
    dtype('float32')
    """
    try:
        found = None if dtype is None else np.dtype(dtype)
    except TypeError:
        found = None
    if found not in _WIDTH:
        names = ", ".join(str(known) for known in _WIDTH)
        raise MinigradError(f"a tensor cannot hold {dtype}; it can hold {names}")
    return cast(DType, found)


def dtype_of_number(number: Number) -> DType:
    """The dtype of a tensor made of one Python number: bool, int64 or float32.

    >>> dtype_of_number(1.5)
    dtype('float32')
    """
    if isinstance(number, (builtins.bool, np.bool_)):
        return bool
    return int64 if isinstance(number, (int, np.integer)) else float32


def promote(a: DType, b: DType) -> DType:
    """The narrowest dtype that stands for both, where any float is wider than any int.

    >>> promote(int64, float32)
    dtype('float32')
    """
    return a if _WIDTH[a] >= _WIDTH[b] else b


def result_type(dimensioned: Iterable[DType], zero_dim: Iterable[DType], numbers: Iterable[DType]) -> DType:
    """The dtype in which operands meet: of tensors with dimensions, tensors without, and Python numbers.

    Each group gives way to the one before it, unless it is of a higher kind (bool, then int, then float).

    >>> result_type([float32], [float64], [])
    dtype('float32')
    >>> result_type([int32], [], [float32])
    dtype('float32')
    """
    result: DType | None = None
    for group in (dimensioned, zero_dim, numbers):
        wider: DType | None = None
        for dtype in group:
            wider = dtype if wider is None else promote(wider, dtype)
        if wider is not None and (result is None or _kind(wider) > _kind(result)):
            result = wider if result is None else promote(result, wider)
    if result is None:
        raise MinigradError("no operands were given, so there is no dtype to choose")
    return result


def _kind(dtype: DType) -> int:
    return "bif".index(dtype.kind)
