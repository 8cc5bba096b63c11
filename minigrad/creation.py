"""Tensors made from a shape or a range, on the NumPy backend.

What makes one from elements that exist already, ``tensor`` and ``from_numpy``, stands in ``tensor.py``.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from minigrad import dtypes
from minigrad.dtypes import Number, as_dtype, dtype_of_number
from minigrad.errors import MinigradError
from minigrad.tensor import Tensor, as_shape, fresh, tensor


def empty(*size: Any, dtype: Any = None) -> Tensor:
    """A tensor whose elements hold nothing yet; float32 unless a dtype is given."""
    return fresh(as_shape(size), dtypes.float32 if dtype is None else as_dtype(dtype))


def zeros(*size: Any, dtype: Any = None) -> Tensor:
    """A tensor of zeros.

    >>> zeros(2, 3)
    tensor([[0., 0., 0.],
            [0., 0., 0.]])
    """
    return empty(*size, dtype=dtype).copy_(0)


def ones(*size: Any, dtype: Any = None) -> Tensor:
    """A tensor of ones."""
    return empty(*size, dtype=dtype).copy_(1)


def full(size: Any, fill_value: Number, *, dtype: Any = None) -> Tensor:
    """A tensor with the same number everywhere, of that number's dtype unless one is given.

    >>> full((2,), 7)
    tensor([7, 7])
    """
    return empty(size, dtype=dtype_of_number(fill_value) if dtype is None else dtype).copy_(fill_value)


def arange(start: float, end: float | None = None, step: float = 1, *, dtype: Any = None) -> Tensor:
    """The numbers from ``start`` up to but not including ``end``; with one argument, from 0 up to it.

    int64 if all arguments are ints, else float32.

    >>> arange(3), arange(1, 2, 0.5)
    (tensor([0, 1, 2]), tensor([1. , 1.5]))
    """
    if end is None:
        start, end = 0, start
    if step == 0 or (end - start) * step < 0:
        raise MinigradError(f"arange cannot go from {start} to {end} in steps of {step}")
    if dtype is None:
        dtype = dtypes.result_type([], [], map(dtype_of_number, (start, end, step)))
    return tensor(start + step * np.arange(math.ceil((end - start) / step)), dtype=dtype)
