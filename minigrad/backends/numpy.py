"""The NumPy backend: a scalar function runs once, on whole arrays.

There is nothing to compile. For ``lambda a: math.exp(a)`` a copy of the function is made whose ``math`` is
NumPy and whose ``select`` is ``np.where``; operators work on arrays as they are. Each operation inside the
function is a pass over memory. Overflow and division by zero follow IEEE in silence, as in PyTorch.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from types import FunctionType
from typing import Any

import numpy as np

from minigrad.backends import Array, ScalarFunction, Strided
from minigrad.dtypes import DType
from minigrad.errors import MinigradError

name = "numpy"

_ON_ARRAYS = {"math": np, "select": np.where}


def empty(numel: int, dtype: DType) -> Array:
    """A storage for ``numel`` elements, which hold nothing yet."""
    return np.empty(numel, dtype)


def store(elements: Array) -> Array:
    """These elements themselves, in the memory where they are."""
    return elements


def load(source: Strided) -> Array:
    """The elements as an array that shares the storage's memory."""
    shape, strides, offset = source.layout
    storage: Array = source.storage
    if 0 in shape:
        return np.empty(shape, storage.dtype)
    width = storage.itemsize
    return np.ndarray(shape, storage.dtype, storage, offset * width, [stride * width for stride in strides])


def map(function: ScalarFunction, out: Strided, a: Strided) -> None:
    """``out[i] = function(a[i])`` for every index ``i``."""
    zip(function, out, a)


def zip(function: ScalarFunction, out: Strided, *operands: Strided) -> None:
    """``out[i] = function(a[i], b[i], ...)`` for every index ``i``."""
    target = _load_1d(out)
    if not target.flags.writeable:
        raise MinigradError("this tensor shares a read-only array, so it cannot be written; clone it first")
    with np.errstate(all="ignore"):
        target[...] = _on_arrays(function)(*[_load_1d(operand) for operand in operands])


def _load_1d(source: Strided) -> Array:
    """As :func:`load`, with at least one dimension: without one, NumPy computes in the dtype of scalars."""
    array = load(source)
    return array if array.ndim else array.reshape(1)


@lru_cache(maxsize=256)
def _on_arrays(function: ScalarFunction) -> Callable[..., Any]:
    """The function with what works on one element exchanged for what works on arrays."""
    if not isinstance(function, FunctionType):
        return function
    return FunctionType(
        function.__code__,
        {**function.__globals__, **_ON_ARRAYS},
        function.__name__,
        function.__defaults__,
        function.__closure__,
    )
