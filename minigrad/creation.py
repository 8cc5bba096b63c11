"""Tensors made from a shape or a range.

What makes one from elements that exist already, ``tensor`` and ``from_numpy``, stands in ``tensor.py``.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from minigrad import dtypes
from minigrad.dtypes import Number, as_dtype, dtype_of_number
from minigrad.elements import as_shape, elements_of
from minigrad.errors import MinigradError
from minigrad.tensor import Tensor, backend_of, fresh, stored


def empty(*size: Any, dtype: Any = None, requires_grad: bool = False, backend: Any = None) -> Tensor:
    """A tensor whose elements hold nothing yet; float32 unless a dtype is given, on NumPy unless a backend is."""
    made = fresh(as_shape(size), dtypes.float32 if dtype is None else as_dtype(dtype), backend_of(backend))
    return made.requires_grad_() if requires_grad else made


def _filled(
    size: tuple[Any, ...], value: Number, *, dtype: Any, requires_grad: bool = False, backend: Any = None
) -> Tensor:
    made = empty(*size, dtype=dtype, backend=backend).fill_(value)
    return made.requires_grad_() if requires_grad else made


def zeros(*size: Any, dtype: Any = None, requires_grad: bool = False, backend: Any = None) -> Tensor:
    """A tensor of zeros.

    >>> zeros(2, 3)
    tensor([[0., 0., 0.],
            [0., 0., 0.]])
    """
    return _filled(size, 0, dtype=dtype, requires_grad=requires_grad, backend=backend)


def ones(*size: Any, dtype: Any = None, requires_grad: bool = False, backend: Any = None) -> Tensor:
    """A tensor of ones."""
    return _filled(size, 1, dtype=dtype, requires_grad=requires_grad, backend=backend)


def full(
    size: Any, fill_value: Number, *, dtype: Any = None, requires_grad: bool = False, backend: Any = None
) -> Tensor:
    """A tensor with the same number everywhere, of that number's dtype unless one is given.

    >>> full((2,), 7)
    tensor([7, 7])
    """
    dtype = dtype_of_number(fill_value) if dtype is None else dtype
    return _filled((size,), fill_value, dtype=dtype, requires_grad=requires_grad, backend=backend)


def zeros_like(input: Tensor, *, dtype: Any = None, requires_grad: bool = False) -> Tensor:
    """Zeros with the shape, and unless one is given the dtype, of another tensor; on its backend."""
    return full_like(input, 0, dtype=dtype, requires_grad=requires_grad)


def ones_like(input: Tensor, *, dtype: Any = None, requires_grad: bool = False) -> Tensor:
    """Ones with the shape, and unless one is given the dtype, of another tensor; on its backend."""
    return full_like(input, 1, dtype=dtype, requires_grad=requires_grad)


def full_like(input: Tensor, fill_value: Number, *, dtype: Any = None, requires_grad: bool = False) -> Tensor:
    """A number everywhere, with the shape, and unless one is given the dtype, of another tensor; on its backend."""
    dtype = input.dtype if dtype is None else dtype
    return _filled((input.shape,), fill_value, dtype=dtype, requires_grad=requires_grad, backend=input.backend)


def arange(
    start: float,
    end: float | None = None,
    step: float = 1,
    *,
    dtype: Any = None,
    requires_grad: bool = False,
    backend: Any = None,
) -> Tensor:
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
    numbers = elements_of(start + step * np.arange(math.ceil((end - start) / step)), dtype)
    made = stored(numbers, backend_of(backend))
    return made.requires_grad_() if requires_grad else made
