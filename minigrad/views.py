"""Views: the same storage in another layout, and how gradients find their way back.

A view's gradient undoes what the view did to indices: it permutes them back, sums what was repeated, and puts
what was cut out back into zeros. Indexing with arrays copies, and stands here too because its gradient is the
same: a gradient is added wherever its element came from, twice if it was taken twice.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from minigrad import strides
from minigrad.autodiff import recorded
from minigrad.copies import into, refuse_to_lose_a_gradient, written_into
from minigrad.elements import integers
from minigrad.errors import MinigradError
from minigrad.lifting import only_tensor
from minigrad.operators import operation
from minigrad.strides import Shape
from minigrad.tensor import Operand, Tensor, stored


@operation
def permute(input: Tensor, *dims: Any) -> Tensor:
    """A view with the dimensions in another order.

    >>> from minigrad import zeros
    >>> zeros(2, 3, 4).permute(2, 0, 1).shape
    (4, 2, 3)
    """
    order = tuple(strides.as_dim(dim, input.ndim) for dim in integers(dims))
    out = input.aliased(strides.permute(input.layout, order))
    return recorded(out, "permute", (input, lambda d: d.permute(sorted(range(len(order)), key=order.__getitem__))))


@operation
def transpose(input: Tensor, dim0: int, dim1: int) -> Tensor:
    """A view with two dimensions exchanged."""
    order = list(range(input.ndim))
    dim0, dim1 = strides.as_dim(dim0, input.ndim), strides.as_dim(dim1, input.ndim)
    order[dim0], order[dim1] = dim1, dim0
    return permute(input, order)


@operation
def expand(input: Tensor, *sizes: Any) -> Tensor:
    """A view that repeats dimensions of size 1, and new ones in front, without copying; -1 keeps a size.

    >>> from minigrad import tensor
    >>> tensor([[1], [2]]).expand(-1, 3).tolist()
    [[1, 1, 1], [2, 2, 2]]
    """
    out, shape = input.aliased(strides.expand(input.layout, integers(sizes))), input.shape
    return recorded(out, "expand", (input, lambda d: unbroadcast(d, shape)))


def unbroadcast(d: Tensor, shape: Shape) -> Tensor:
    """The gradient of what was broadcast from ``shape``: what was repeated is summed."""
    new = d.ndim - len(shape)
    grown = [dim for dim, size in enumerate(shape, start=new) if size == 1 != d.shape[dim]]
    return d.sum([*range(new), *grown], keepdim=True).view(shape) if new or grown else d


@operation
def view(input: Tensor, *shape: Any) -> Tensor:
    """A view of another shape; one size may be -1. Fails where only a copy could have that shape."""
    sizes = _sizes(input, shape)
    layout = strides.view(input.layout, sizes)
    if layout is None:
        raise MinigradError(
            f"shape {input.shape} with strides {input.stride()} has no view of shape {sizes}: its elements "
            "would have to move; use reshape, which copies where it must"
        )
    old = input.shape
    return recorded(input.aliased(layout), "view", (input, lambda d: d.reshape(old)))


@operation
def reshape(input: Tensor, *shape: Any) -> Tensor:
    """The same elements in another shape; one size may be -1. A view where possible, else a copy."""
    sizes = _sizes(input, shape)
    return view(input.clone() if strides.view(input.layout, sizes) is None else input, sizes)


def _sizes(input: Tensor, shape: tuple[Any, ...]) -> Shape:
    try:
        return strides.resolve_shape(integers(shape), input.numel())
    except MinigradError as error:
        raise MinigradError(f"shape {input.shape} cannot become another: {error}") from None


@operation
def flatten(input: Tensor, start_dim: int = 0, end_dim: int = -1) -> Tensor:
    """Dimensions ``start_dim`` to ``end_dim`` joined into one.

    >>> from minigrad import zeros
    >>> zeros(2, 3, 4).flatten(1).shape
    (2, 12)
    """
    ndim = max(input.ndim, 1)
    start, end = strides.as_dim(start_dim, ndim), strides.as_dim(end_dim, ndim)
    if start > end:
        raise MinigradError(f"flatten starts at dimension {start} and ends before it, at {end}")
    joined = math.prod(input.shape[start : end + 1])
    return reshape(input, *input.shape[:start], joined, *input.shape[end + 1 :])


@operation
def unsqueeze(input: Tensor, dim: int) -> Tensor:
    """A view with a new dimension of size 1 at ``dim``."""
    return subscript(input, (slice(None),) * strides.as_dim(dim, input.ndim + 1) + (None,))


@operation
def squeeze(input: Tensor, dim: int | tuple[int, ...] | None = None) -> Tensor:
    """A view without the dimensions of size 1, or without those of ``dim`` whose size is 1."""
    given = range(input.ndim) if dim is None else integers(dim if isinstance(dim, tuple) else (dim,))
    dims = [strides.as_dim(d, input.ndim) for d in given]
    return subscript(input, tuple(0 if d in dims and size == 1 else slice(None) for d, size in enumerate(input.shape)))


@operation
def unfold(input: Tensor, dimension: int, size: int, step: int) -> Tensor:
    """A view of windows along a dimension: each ``size`` long, ``step`` apart, in a new last dimension.

    >>> from minigrad import arange
    >>> arange(5).unfold(0, 3, 1).tolist()
    [[0, 1, 2], [1, 2, 3], [2, 3, 4]]
    """
    dim = strides.as_dim(dimension, input.ndim)
    out, shape = input.aliased(strides.windows(input.layout, dim, size, step)), input.shape
    return recorded(out, "unfold", (input, lambda d: _folded(d, dim, step, shape)))


def _folded(d: Tensor, dim: int, step: int, shape: Shape) -> Tensor:
    """The windows of ``d`` added up where they came from: what ``unfold`` does, backwards."""
    out, size = d.new_empty(shape).zero_(), d.shape[-1]
    windows = strides.windows(out.layout, dim, size, step)
    for i in range(size):  # the i-th elements of all windows: no two are one element of out
        target = out.aliased(strides.subscript(windows, (..., i)))
        d.backend.zip(_add, target, target, d.aliased(strides.subscript(d.layout, (..., i))))
    return recorded(out, "fold", (d, lambda dd: dd.unfold(dim, size, step)))


def _add(a: Any, b: Any) -> Any:
    return a + b


# --- Indexing


@operation
def subscript(input: Tensor, key: Any) -> Tensor:
    """``input[key]``: a view if the key is made of integers, slices, None and ``...``.

    With arrays, lists or tensors of integers or bools in it, it is a copy, of the elements that NumPy takes.
    """
    if _moves_elements(key):
        key = _for_numpy(key)
        try:
            out = stored(np.ascontiguousarray(input.backend.load(input)[key]), input.backend)
        except IndexError as error:
            raise MinigradError(f"cannot index shape {input.shape}: {error}") from None
    else:
        out = input.aliased(strides.subscript(input.layout, key))
    shape = input.shape
    return recorded(out, "subscript", (input, lambda d: _put(d, key, shape)))


def _put(d: Tensor, key: Any, shape: Shape) -> Tensor:
    """Zeros of this shape, and ``d`` added to them where ``key`` points."""
    out = d.new_empty(shape).zero_()
    if _moves_elements(key):
        elements = np.zeros(shape, d.dtype)
        np.add.at(elements, key, d.backend.load(d))
        out = stored(elements, d.backend)
    else:
        into(out.aliased(strides.subscript(out.layout, key)), d)
    return recorded(out, "put", (d, lambda dd: subscript(dd, key)))


@operation
def write(input: Tensor, key: Any, value: Operand) -> None:
    """``input[key] = value``, broadcast and converted to the dtype of ``input``."""
    if not _moves_elements(key):
        written_into(input, value, input.aliased(strides.subscript(input.layout, key)))
        return
    if isinstance(value, Tensor):
        refuse_to_lose_a_gradient(input, value)
    values: Any = value.backend.load(value) if isinstance(value, Tensor) else value
    elements = np.array(input.backend.load(input))
    try:
        elements[_for_numpy(key)] = values
    except (IndexError, ValueError) as error:
        raise MinigradError(f"cannot write into shape {input.shape}: {error}") from None
    written_into(input, stored(elements, input.backend))


def _moves_elements(key: Any) -> bool:
    """Whether a part of the key is an array, so that no layout can describe what it takes."""
    parts = key if isinstance(key, tuple) else (key,)
    return any(
        isinstance(part, list) or (isinstance(part, Tensor | np.ndarray) and (part.ndim > 0 or part.dtype == bool))
        for part in parts
    )


def _for_numpy(key: Any) -> Any:
    """The key with its tensors and lists as arrays of integers or bools."""
    if isinstance(key, tuple):
        return tuple(map(_for_numpy, key))
    if isinstance(key, Tensor):
        key = key.backend.load(key)
    if isinstance(key, list):
        key = np.array(key) if key else np.array(key, np.int64)
    if isinstance(key, np.ndarray) and key.dtype.kind not in "biu":
        raise MinigradError(f"an index is made of integers or bools, not of {key.dtype}")
    return key


@operation
def gather(input: Tensor, dim: int, index: Tensor) -> Tensor:
    """``out[i][j] = input[index[i][j]][j]`` for ``dim`` 0, and likewise for others; the result has index's shape.

    >>> from minigrad import tensor
    >>> gather(tensor([[1, 2], [3, 4]]), 1, tensor([[1], [0]])).tolist()
    [[2], [3]]
    """
    dim = strides.as_dim(dim, only_tensor("gather", input).ndim)
    fits = index.ndim == input.ndim and all(
        size <= there for d, (size, there) in enumerate(zip(index.shape, input.shape, strict=True)) if d != dim
    )
    if not fits or index.dtype.kind != "i":
        raise MinigradError(
            f"gather takes integers of a shape that fits {input.shape} but for dimension {dim}, not {index.dtype} of "
            f"shape {index.shape}"
        )
    key: list[Any] = list(np.ogrid[tuple(slice(size) for size in index.shape)])
    key[dim] = index
    return subscript(input, tuple(key))
