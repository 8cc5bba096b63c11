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
from minigrad.dtypes import DType, Number
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
    target = _target(out)
    with np.errstate(all="ignore"):
        target[...] = _on_arrays(function)(*[_load_1d(operand) for operand in operands])


def reduce(function: ScalarFunction, out: Strided, a: Strided, dim: int, start: Number) -> None:
    """``function`` over the elements of ``a`` along ``dim``; ``start`` where there are none."""
    target = np.moveaxis(_target(out), dim, 0)
    elements = np.moveaxis(_load_1d(a), dim, 0)
    with np.errstate(all="ignore"):
        if len(elements) == 0:
            target[...] = start
            return
        elements = elements.astype(target.dtype, copy=False)
        combine = _on_arrays(function)
        while (half := len(elements) // 2) > 0:
            odd = elements[2 * half :]
            elements = np.concatenate((combine(elements[:half], elements[half : 2 * half]), odd), dtype=target.dtype)
        target[...] = elements


def matmul(out: Strided, a: Strided, b: Strided) -> None:
    """``out[..., i, j]`` is the sum over ``k`` of ``a[..., i, k] * b[..., k, j]``."""
    with np.errstate(all="ignore"):
        np.matmul(load(a), load(b), out=_target(out))


def _target(out: Strided) -> Array:
    """What a verb writes into: ``out`` as an array."""
    array = _load_1d(out)
    if not array.flags.writeable:
        raise MinigradError("this tensor shares a read-only array, so it cannot be written; clone it first")
    return array


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
