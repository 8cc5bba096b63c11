"""What a backend is: the verbs, and the storages that they run on.

A verb gets a scalar function and lifts it to tensors of any strides. A scalar function takes and returns one
element; it is made of operators, ``abs``, functions of :mod:`math` and :func:`select`, and has no other
branch, so that every backend can compile it or run it on many elements at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

import numpy.typing as npt

from minigrad.dtypes import DType
from minigrad.strides import Layout

Array = npt.NDArray[Any]
ScalarFunction = Callable[..., Any]
Storage = Any
"""One row of elements, wherever the backend keeps it. It has a ``dtype``."""


class Strided(Protocol):
    """What a verb needs to know of a tensor."""

    @property
    def storage(self) -> Storage: ...
    @property
    def layout(self) -> Layout: ...


class Backend(Protocol):
    """Three verbs and a place for elements (reduce is still to come).

    A verb fills ``out``, in which no two indices share an element. All operands have its shape: what
    broadcasting repeats has a stride of 0. They are of one dtype (but for the condition of a choice, which is
    bool); ``out`` may be of another.
    """

    @property
    def name(self) -> str:
        """What people call it, for example ``numpy``."""
        ...

    def empty(self, numel: int, dtype: DType) -> Storage:
        """A storage for ``numel`` elements, which hold nothing yet."""
        ...

    def store(self, elements: Array) -> Storage:
        """A storage of these elements, a NumPy array of one dimension; it may share their memory."""
        ...

    def load(self, source: Strided) -> Array:
        """The elements as a NumPy array; it shares memory where the backend's memory is NumPy's."""
        ...

    def map(self, function: ScalarFunction, out: Strided, a: Strided) -> None:
        """``out[i] = function(a[i])`` for every index ``i``."""
        ...

    def zip(self, function: ScalarFunction, out: Strided, *operands: Strided) -> None:
        """``out[i] = function(a[i], b[i], ...)`` for every index ``i``."""
        ...


def select(condition: Any, a: Any, b: Any) -> Any:
    """``a`` where the condition holds, else ``b``: the one branch that a scalar function may have.

    >>> select(2 > 1, 10, 20)
    10
    """
    return a if condition else b
