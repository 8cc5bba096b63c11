"""A short way for small tensors.

Most of the time that an operation on a few elements takes is spent on finding out what is to be done with them.
Small tensors that have the same :class:`Form` are known to need nothing: they have one shape, one dtype and one
backend, and fill their storages row by row. For them a backend may have a short way, from storages (or, where there
is one element, from numbers) to a new one. It gives the same bits.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, cast

from minigrad.backends import Backend, ScalarFunction
from minigrad.dtypes import DType
from minigrad.strides import Layout, Shape, row_major

SMALL = 4096
"""How many elements a tensor with a form has at most: more are worth a long way, which can be a better one."""


class Form:
    """What small float tensors have in common that need nothing done to them before they meet.

    ``short`` has the short way of scalar functions. If ``one``, there is one element, and it takes numbers.
    """

    def __init__(self, layout: Layout, dtype: DType, backend: Any) -> None:
        self.layout = layout
        self.dtype = dtype
        self.backend: Backend = backend
        self.one = math.prod(layout.shape) == 1
        self.short = _short_ways(dtype, backend, self.one)


class Together:
    """Scalar functions that are computed together; each takes those operands whose places are given."""

    def __init__(self, *parts: tuple[ScalarFunction, Sequence[int]]) -> None:
        self.parts = parts


class _ShortWays(dict[Together, Callable[..., Any]]):
    def __init__(self, dtype: DType, backend: Any, one: bool) -> None:
        self.dtype = dtype
        self.backend = backend
        self.one = one

    def __missing__(self, functions: Together) -> Callable[..., Any]:
        short: Callable[..., Any] = self.backend.short(functions.parts, self.dtype, self.one)
        return self.setdefault(functions, short)


_short_ways = lru_cache(_ShortWays)


def _form(shape: Shape, dtype: DType, backend: Backend) -> Form | None:
    if dtype.kind != "f" or math.prod(shape) > SMALL or not hasattr(backend, "short"):
        return None
    return Form(row_major(shape), dtype, backend)


form_of = cast(Callable[[Shape, DType, Backend], Form | None], lru_cache(maxsize=4096)(_form))
"""The form of such tensors, one object for all of them; None if there is no short way."""
