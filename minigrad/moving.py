"""Operations that only move elements: into one tensor, around its edges, backwards, into order.

Their gradients move elements back.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np

from minigrad import strides
from minigrad.autodiff import recorded
from minigrad.copies import into, through_numpy
from minigrad.creation import arange
from minigrad.dtypes import Number, promote
from minigrad.elements import integers
from minigrad.elementwise import where
from minigrad.errors import MinigradError
from minigrad.lifting import only_tensor
from minigrad.operators import operation
from minigrad.tensor import Tensor


class Sorted(NamedTuple):
    """The elements in order, and where they had been."""

    values: Tensor
    indices: Tensor


@operation
def cat(tensors: Sequence[Tensor], dim: int = 0) -> Tensor:
    """The tensors one after another along a dimension; their other sizes agree.

    >>> from minigrad import tensor
    >>> cat([arange(2), arange(3)])
    tensor([0, 1, 0, 1, 2])
    """
    tensors = [only_tensor("cat", each) for each in tensors]
    if not tensors:
        raise MinigradError("cat joins at least one tensor, and got none")
    first = tensors[0]
    dim = strides.as_dim(dim, first.ndim)
    for other in tensors:
        if other.shape[:dim] + other.shape[dim + 1 :] != first.shape[:dim] + first.shape[dim + 1 :]:
            shapes = ", ".join(str(each.shape) for each in tensors)
            raise MinigradError(f"cat along dimension {dim} of shapes {shapes}: all other sizes must agree")
        if other.backend is not first.backend:
            raise MinigradError(
                f"cat of shape {first.shape} on the backend {first.backend.name} and shape {other.shape} on "
                f"{other.backend.name}; move one with x.to(backend)"
            )
    dtype = reduce(promote, [each.dtype for each in tensors])
    tensors = [each.to(dtype) for each in tensors]
    sizes = [each.shape[dim] for each in tensors]
    out = first.new_empty(*first.shape[:dim], sum(sizes), *first.shape[dim + 1 :], dtype=dtype)
    ends = accumulate(sizes)
    keys = [(slice(None),) * dim + (slice(end - size, end),) for size, end in zip(sizes, ends, strict=True)]
    for each, key in zip(tensors, keys, strict=True):
        into(out.aliased(strides.subscript(out.layout, key)), each)
    rules = [lambda d, key=key: d[key] for key in keys]
    return recorded(out, "cat", *zip(tensors, rules, strict=True))


@operation
def stack(tensors: Sequence[Tensor], dim: int = 0) -> Tensor:
    """The tensors, all of one shape, one after another along a new dimension.

    >>> stack([arange(2), arange(2)]).shape
    (2, 2)
    """
    tensors = [only_tensor("stack", each) for each in tensors]
    if any(each.shape != tensors[0].shape for each in tensors):
        raise MinigradError(f"stack needs one shape, and got {', '.join(str(each.shape) for each in tensors)}")
    return cat([each.unsqueeze(dim) for each in tensors], dim)


@operation
def flip(input: Tensor, *dims: Any) -> Tensor:
    """The elements in reverse order along dimensions. (Strides are never negative, so it is a copy.)"""
    reversed_dims = tuple(strides.as_dim(dim, input.ndim) for dim in integers(dims))
    out = through_numpy(lambda a: np.flip(a, reversed_dims), input)
    return recorded(out, "flip", (input, lambda d: d.flip(reversed_dims)))


@operation
def roll(input: Tensor, shifts: int | tuple[int, ...], dims: int | tuple[int, ...] | None = None) -> Tensor:
    """The element at ``i`` moves to ``(i + shift) mod size``, along each of ``dims``.

    Without dims, the tensor is rolled as if it were flat.

    >>> from minigrad import tensor
    >>> roll(arange(5), 2)
    tensor([3, 4, 0, 1, 2])
    """
    only_tensor("roll", input)
    if dims is None:
        return roll(input.flatten(), shifts, 0).view(input.shape)
    shifts = shifts if isinstance(shifts, tuple) else (shifts,)
    dims = dims if isinstance(dims, tuple) else (dims,)
    if len(shifts) != len(dims):
        raise MinigradError(f"roll takes one shift a dimension, not shifts of {shifts} and dims of {dims}")
    for shift, dim in zip(shifts, dims, strict=True):
        input = _rolled(input, shift, strides.as_dim(dim, input.ndim))
    return input


def _rolled(input: Tensor, shift: int, dim: int) -> Tensor:
    size = input.shape[dim]
    cut = size - shift % size if size else 0
    before = (slice(None),) * dim
    return cat([input[(*before, slice(cut, None))], input[(*before, slice(cut))]], dim)


def pad(input: Tensor, pad: Sequence[int], value: Number = 0) -> Tensor:
    """``value`` around a tensor: before and after its last dimension, then before and after the one before it, ...

    >>> pad(arange(2), (1, 2)).tolist()
    [0, 0, 1, 0, 0]
    """
    if len(pad) % 2 or len(pad) > 2 * only_tensor("pad", input).ndim or any(size < 0 for size in pad):
        raise MinigradError(
            f"pad takes two sizes, 0 or more, for each of the last dimensions of shape {input.shape}, not {pad}"
        )
    around = [(0, 0)] * (input.ndim - len(pad) // 2) + list(zip(pad[::2], pad[1::2], strict=True))[::-1]
    inside = tuple(slice(before, before + size) for size, (before, _) in zip(input.shape, around, strict=True))
    out = input.new_empty([size + before + after for size, (before, after) in zip(input.shape, around, strict=True)])
    out.copy_(value)
    into(out.aliased(strides.subscript(out.layout, inside)), input)
    return recorded(out, "pad", (input, lambda d: d[inside]))


# --- Triangles


@operation
def tril(input: Tensor, diagonal: int = 0) -> Tensor:
    """The lower triangle of the last two dimensions, its ``diagonal`` included; 0 above it.

    >>> from minigrad import tensor
    >>> tril(arange(1, 5).view(2, 2))
    tensor([[1, 0],
            [3, 4]])
    """
    return where(_columns_minus_rows("tril", input) <= diagonal, input, input.new_empty(()).copy_(0))


@operation
def triu(input: Tensor, diagonal: int = 0) -> Tensor:
    """The upper triangle of the last two dimensions, its ``diagonal`` included; 0 below it."""
    return where(_columns_minus_rows("triu", input) >= diagonal, input, input.new_empty(()).copy_(0))


def _columns_minus_rows(name: str, input: Tensor) -> Tensor:
    if only_tensor(name, input).ndim < 2:
        raise MinigradError(f"{name} needs at least two dimensions, and got shape {input.shape}")
    rows, columns = input.shape[-2:]
    return arange(columns, backend=input.backend) - arange(rows, backend=input.backend).unsqueeze(1)


# --- Order. (The verbs cannot sort: NumPy does it.)


@operation
def sort(input: Tensor, dim: int = -1, descending: bool = False, stable: bool = True) -> Sorted:
    """The elements in order along a dimension, nan as the largest; equal ones stay in the order that they had.

    >>> from minigrad import tensor
    >>> sort(tensor([3, 1, 2]))
    Sorted(values=tensor([1, 2, 3]), indices=tensor([1, 2, 0]))
    """
    indices = argsort(input, dim, descending)
    return Sorted(input.gather(dim, indices) if input.ndim else input.clone(), indices)


@operation
def argsort(input: Tensor, dim: int = -1, descending: bool = False, stable: bool = True) -> Tensor:
    """The indices of the elements in order along a dimension."""
    dim = strides.as_dim(dim, max(only_tensor("argsort", input).ndim, 1))
    return through_numpy(lambda a: _argsort(a.reshape(a.shape or 1), dim, descending).reshape(a.shape), input)


def _argsort(elements: Any, dim: int, descending: bool) -> Any:
    if not descending:
        return np.argsort(elements, dim, kind="stable")
    # Backwards, sorted, and backwards again: equal elements end up in the order that they had.
    backwards = np.argsort(np.flip(elements, dim), dim, kind="stable")
    return elements.shape[dim] - 1 - np.flip(backwards, dim)
