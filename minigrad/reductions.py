"""Reductions: operations that combine the elements along dimensions, and what is made of them.

``dim`` is one dimension, several, or None for all; ``keepdim`` keeps a reduced dimension with size 1. Where
several elements are the largest, PyTorch's rule holds: along one dimension the first is chosen, and gets the
gradient; over all elements, and in ``amax`` and ``amin``, they share it.
"""

from __future__ import annotations

import builtins
import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from minigrad import dtypes, strides
from minigrad.autodiff import recorded
from minigrad.backends import Backend, ScalarFunction, select
from minigrad.copies import through_numpy
from minigrad.creation import arange
from minigrad.dtypes import DType, Number, as_dtype
from minigrad.elements import integers
from minigrad.elementwise import maximum, minimum, where
from minigrad.errors import MinigradError
from minigrad.lifting import only_tensor
from minigrad.moving import cat
from minigrad.operators import operation
from minigrad.tensor import Tensor

Dim = int | Sequence[int] | None


class Chosen(NamedTuple):
    """The elements that were chosen along a dimension, and where they were."""

    values: Tensor
    indices: Tensor


def _add(a: Any, b: Any) -> Any:
    return a + b


def _mul(a: Any, b: Any) -> Any:
    return a * b


def _and(a: Any, b: Any) -> Any:
    return a & b


def _or(a: Any, b: Any) -> Any:
    return a | b


def _larger(a: Any, b: Any) -> Any:
    return select((a >= b) | (a != a), a, b)


def _smaller(a: Any, b: Any) -> Any:
    return select((a <= b) | (a != a), a, b)


class Along:
    """The dimensions along which a tensor is reduced, and the shapes that come of it. It does not hold the tensor."""

    def __init__(self, name: str, input: Tensor, dim: Dim, keepdim: bool = False) -> None:
        ndim = only_tensor(name, input).ndim
        given = integers(tuple(dim) if isinstance(dim, Sequence) else () if dim is None else (dim,))
        self.dims = [strides.as_dim(d, ndim or 1) for d in given] if given else list(range(ndim))
        if len(set(self.dims)) < len(self.dims):
            raise MinigradError(f"{name} along the dimensions {given} of shape {input.shape}: name each only once")
        self.dims = self.dims if ndim else []
        self.name = name
        self.full = input.shape
        self.kept = tuple(1 if d in self.dims else size for d, size in enumerate(input.shape))
        self.dropped = tuple(size for d, size in enumerate(input.shape) if d not in self.dims)
        self.shape = self.kept if keepdim else self.dropped
        self.count = math.prod(input.shape[d] for d in self.dims)

    def reduced(self, input: Tensor, function: ScalarFunction, start: Number, dtype: DType) -> Tensor:
        """The backend's reduction, without a history."""
        others = [d for d in range(input.ndim) if d not in self.dims]
        # Where the dimensions can be viewed as one, one reduction is enough.
        moved = strides.permute(input.layout, [*others, *self.dims])
        joined = strides.view(moved, (*self.dropped, self.count))
        if joined is not None:
            out = input.new_empty(*self.dropped, 1, dtype=dtype)
            input.backend.reduce(function, out, input.aliased(joined), len(others), start)
            return out.aliased(strides.row_major(self.shape))
        for d in self.dims:
            out = input.new_empty(*input.shape[:d], 1, *input.shape[d + 1 :], dtype=dtype)
            input.backend.reduce(function, out, input, d, start)
            input = out
        return out.aliased(strides.row_major(self.shape))

    def spread(self, d: Tensor) -> Tensor:
        """What belongs to the result, beside every element that it was made of."""
        return d.reshape(self.kept).expand(self.full)


# --- Sums


@operation
def sum(input: Tensor, dim: Dim = None, keepdim: bool = False, *, dtype: Any = None) -> Tensor:
    """The sum along dimensions; ints and bools are summed as int64.

    >>> from minigrad import tensor
    >>> sum(tensor([[1, 2], [3, 4]]), 0)
    tensor([4, 6])
    """
    input = _summable("sum", input, dtype)
    along = Along("sum", input, dim, keepdim)
    return recorded(along.reduced(input, _add, 0, input.dtype), "sum", (input, along.spread))


def _summable(name: str, input: Tensor, dtype: Any) -> Tensor:
    if dtype is None:
        dtype = input.dtype if only_tensor(name, input).is_floating_point() else dtypes.int64
    return input.to(as_dtype(dtype))


@operation
def mean(input: Tensor, dim: Dim = None, keepdim: bool = False) -> Tensor:
    """The mean along dimensions, of floats; nan where there is nothing."""
    return sum(only_floats("mean", input), dim, keepdim) / Along("mean", input, dim).count


@operation
def var(
    input: Tensor, dim: Dim = None, unbiased: bool = True, keepdim: bool = False, *, correction: float | None = None
) -> Tensor:
    """The variance along dimensions: the squares of the distances from the mean, summed, over ``count - correction``.

    The correction is 1 if ``unbiased``, else 0, unless it is given.
    """
    correction = int(unbiased) if correction is None else correction
    count = Along("var", only_floats("var", input), dim).count
    distances = input - mean(input, dim, keepdim=True)
    return sum(distances * distances, dim, keepdim) / builtins.max(count - correction, 0)


@operation
def std(
    input: Tensor, dim: Dim = None, unbiased: bool = True, keepdim: bool = False, *, correction: float | None = None
) -> Tensor:
    """The square root of :func:`var`; its gradient is 0 where it is 0."""
    variance = var(input, dim, unbiased, keepdim, correction=correction)
    return where(variance == 0, variance, where(variance == 0, 1, variance).sqrt())


def only_floats(name: str, input: Tensor) -> Tensor:
    """What an operation of this name was given, if it is a tensor of floats."""
    if not only_tensor(name, input).is_floating_point():
        raise MinigradError(f"{name} is not defined for {input.dtype}; convert with .to(minigrad.float32)")
    return input


@operation
def cumsum(input: Tensor, dim: int) -> Tensor:
    """The running sum along a dimension. (The verbs have no scan: NumPy computes it.)

    >>> from minigrad import tensor
    >>> cumsum(tensor([1, 2, 3]), 0)
    tensor([1, 3, 6])
    """
    input = _summable("cumsum", input, None)
    dim = strides.as_dim(dim, input.ndim or 1)
    out = through_numpy(lambda a: np.cumsum(a, dim, a.dtype) if a.ndim else a, input)
    return recorded(out, "cumsum", (input, lambda d: d.flip(dim).cumsum(dim).flip(dim) if d.ndim else d))


# --- Products


@operation
def prod(input: Tensor, dim: Dim = None, keepdim: bool = False, *, dtype: Any = None) -> Tensor:
    """The product along dimensions; ints and bools are multiplied as int64. Its gradient divides by nothing."""
    input = _summable("prod", input, dtype)
    along = Along("prod", input, dim, keepdim)
    rule = lambda d, input: along.spread(d) * _products_of_others(input, along)  # noqa: E731
    return recorded(along.reduced(input, _mul, 1, input.dtype), "prod", (input, rule), saves=(input,))


def _products_of_others(input: Tensor, along: Along) -> Tensor:
    """For each element, the product of all others along the dimensions."""
    others = [d for d in range(input.ndim) if d not in along.dims]
    moved = [*others, *along.dims]
    rows = input.permute(moved)
    products = _of_others_in_rows(rows.reshape(*along.dropped, along.count)).view(rows.shape)
    return products.permute(sorted(range(len(moved)), key=moved.__getitem__))


def _of_others_in_rows(rows: Tensor) -> Tensor:
    """The same along the last dimension: multiply in pairs, ask for the products of other pairs, and go back."""
    count = rows.shape[-1]
    if count < 2:
        return rows.new_empty(rows.shape).copy_(1)
    half = count // 2
    first, second, odd = rows[..., :half], rows[..., half : 2 * half], rows[..., 2 * half :]
    others = _of_others_in_rows(cat([first * second, odd], -1))
    return cat([others[..., :half] * second, others[..., :half] * first, others[..., half:]], -1)


# --- The largest and the smallest


@operation
def amax(input: Tensor, dim: Dim = (), keepdim: bool = False) -> Tensor:
    """The largest element along dimensions, nan if there is one; the largest share the gradient."""
    return _extreme("amax", input, dim, keepdim)


@operation
def amin(input: Tensor, dim: Dim = (), keepdim: bool = False) -> Tensor:
    """The smallest element along dimensions, nan if there is one; the smallest share the gradient."""
    return _extreme("amin", input, dim, keepdim)


@operation
def max(input: Tensor, dim: int | Tensor | None = None, keepdim: bool = False) -> Tensor | Chosen:
    """The largest element of all; or along a dimension, with the index of the first; or of two tensors.

    >>> from minigrad import tensor
    >>> max(tensor([[1, 5], [7, 2]]), 1)
    Chosen(values=tensor([5, 7]), indices=tensor([1, 0]))
    """
    if isinstance(dim, Tensor):
        return maximum(input, dim)
    return amax(input, None) if dim is None else _chosen("amax", input, dim, keepdim)


@operation
def min(input: Tensor, dim: int | Tensor | None = None, keepdim: bool = False) -> Tensor | Chosen:
    """The smallest element of all; or along a dimension, with the index of the first; or of two tensors."""
    if isinstance(dim, Tensor):
        return minimum(input, dim)
    return amin(input, None) if dim is None else _chosen("amin", input, dim, keepdim)


@operation
def argmax(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor:
    """The index of the first largest element along a dimension; without one, its place among all."""
    return _arg("amax", input, dim, keepdim)


@operation
def argmin(input: Tensor, dim: int | None = None, keepdim: bool = False) -> Tensor:
    """The index of the first smallest element along a dimension; without one, its place among all."""
    return _arg("amin", input, dim, keepdim)


def _extreme(name: str, input: Tensor, dim: Dim, keepdim: bool) -> Tensor:
    along = Along(name, input, dim, keepdim)
    if along.count == 0:
        raise MinigradError(f"{name} of shape {input.shape}: there is no element along the dimensions {along.dims}")
    out = extreme_of(input, along)

    def rule(d: Tensor, input: Tensor, out: Tensor) -> Tensor:
        is_extreme = _equal_or_nan(input.detach(), along.spread(out.detach()))
        shared = d / is_extreme.to(d.dtype).sum(along.dims, keepdim=True).view(d.shape)
        return where(is_extreme, along.spread(shared), 0)

    return recorded(out, name, (input, rule), saves=(input, out))


def extreme_of(input: Tensor, along: Along) -> Tensor:
    """The largest or the smallest elements along dimensions, as the name says, without a history."""
    dtype = input.dtype
    function, sign = {"amax": (_larger, -1), "amin": (_smaller, 1)}[along.name]
    lowest: Number
    if dtype.kind == "f":
        lowest = sign * math.inf
    elif dtype.kind == "i":
        lowest = int(np.iinfo(dtype).min if sign < 0 else np.iinfo(dtype).max)
    else:
        lowest = sign > 0
    return along.reduced(input, function, lowest, dtype)


def _equal_or_nan(input: Tensor, extreme: Tensor) -> Tensor:
    """Where the extreme is; if it is nan, where nan is."""
    return (input == extreme) | (input != input)


def _chosen(name: str, input: Tensor, dim: int, keepdim: bool) -> Chosen:
    indices = _arg(name, input, dim, keepdim)
    along = Along(name, input, dim, keepdim)
    values = extreme_of(input, along)

    def rule(d: Tensor) -> Tensor:
        return where(_places(along, d.backend) == along.spread(indices), along.spread(d), 0)

    return Chosen(recorded(values, name, (input, rule)), indices)


def _arg(name: str, input: Tensor, dim: int | None, keepdim: bool) -> Tensor:
    input = input.detach()
    if dim is None:
        indices = _arg(name, input.reshape(-1), 0, False)
        return indices.view((1,) * input.ndim) if keepdim else indices
    along = Along(name, input, dim, keepdim=True)
    if isinstance(dim, Sequence):
        raise MinigradError(f"{name} of shape {input.shape} finds indices along one dimension, not along {dim}")
    if along.count == 0:
        raise MinigradError(f"{name} of shape {input.shape}: there is no element along dimension {dim}")
    is_extreme = _equal_or_nan(input, extreme_of(input, along))
    candidates = where(is_extreme, _places(along, input.backend), along.count)
    return amin(candidates, dim, keepdim)


def _places(along: Along, backend: Backend) -> Tensor:
    """The index along the only dimension, beside every element."""
    places = arange(along.count, backend=backend)
    return places.view([-1 if d in along.dims else 1 for d in range(len(along.full))]).expand(along.full)


@operation
def all(input: Tensor, dim: Dim = None, keepdim: bool = False) -> Tensor:
    """Whether all elements along dimensions are true, or not 0."""
    return Along("all", input, dim, keepdim).reduced(input.to(dtypes.bool), _and, True, dtypes.bool)


@operation
def any(input: Tensor, dim: Dim = None, keepdim: bool = False) -> Tensor:
    """Whether any element along dimensions is true, or not 0."""
    return Along("any", input, dim, keepdim).reduced(input.to(dtypes.bool), _or, False, dtypes.bool)
