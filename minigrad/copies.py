"""What writes elements: copies of a tensor, in another dtype or place, and changes in place.

A change in place is not recorded. It is refused where that would lose a gradient, and it is dated, so that a
backward rule notices that what it saved is not there any more.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from minigrad import strides
from minigrad.autodiff import now, recorded, recording
from minigrad.backends import Array
from minigrad.dtypes import as_dtype
from minigrad.elements import elements_of
from minigrad.errors import MinigradError
from minigrad.operators import operation
from minigrad.tensor import Operand, Tensor, as_backend, fresh, number, stored


def _same(a: Any) -> Any:
    """The scalar function that a copy maps."""
    return a


def into(out: Tensor, source: Tensor) -> None:
    """Let the backend write ``source``, broadcast and converted, into ``out``. Nothing is checked or recorded."""
    out.backend.map(_same, out, source.aliased(strides.expand(source.layout, out.shape)))


def through_numpy(function: Callable[[Array], Array], input: Tensor) -> Tensor:
    """What NumPy makes of a tensor's elements, on the tensor's backend; without history."""
    return stored(np.array(function(input.backend.load(input)), order="C"), input.backend)


@operation
def clone(input: Tensor) -> Tensor:
    """A copy that lies row by row in a storage of its own."""
    if input.form is not None and input.form.one:
        out = number(input.storage[0] if input.value is None else input.value, input.form)
    else:
        out = fresh(input.shape, input.dtype, input.backend)
        into(out, input)
    return recorded(out, "clone", (input, lambda d: d))


@operation
def contiguous(input: Tensor) -> Tensor:
    """The tensor itself if it lies row by row, else a copy that does."""
    return input if input.is_contiguous() else clone(input)


@operation
def to(input: Tensor, target: Any) -> Tensor:
    """The elements converted to a dtype, or moved to a backend or the one of that name; itself if they are there.

    >>> from minigrad import int32, tensor
    >>> tensor([1.5, -1.5]).to(int32)
    tensor([ 1, -1], dtype=int32)
    """
    backend = as_backend(target)
    if backend is not None:
        if backend is input.backend:
            return input
        home = input.backend
        return recorded(stored(input.backend.load(input).copy(), backend), "to", (input, lambda d: to(d, home)))
    dtype, old = as_dtype(target), input.dtype
    if dtype == old:
        return input
    out = fresh(input.shape, dtype, input.backend)
    into(out, input)
    return recorded(out, "to", (input, lambda d: to(d, old)))


@operation
def copy_(input: Tensor, source: Operand) -> Tensor:
    """Write ``source``, broadcast to this shape and converted to this dtype, into this tensor."""
    return written_into(input, source)


@operation
def become(input: Tensor, result: Tensor) -> Tensor:
    """What ``x += y`` leaves in ``x``: the tensor itself, changed in place.

    A result with a history cannot be written into a tensor; then it is the result, as ``x = x + y`` leaves it. A
    leaf that requires gradients has to stay what it is, so that is refused.
    """
    return result if result.node is not None and not (input.node and input.is_leaf) else copy_(input, result)


def refuse_to_lose_a_gradient(input: Tensor, source: Tensor) -> None:
    """An error where writing a source into a tensor would have to be recorded."""
    if recording.get() and (input.node is not None or source.node is not None):
        raise MinigradError(
            f"cannot write into a tensor of shape {input.shape} in place, because a change in place is not recorded "
            "and a gradient would be wrong; make a new tensor with where, cat or stack, or write under no_grad()"
        )


def written_into(input: Tensor, source: Operand, part: Tensor | None = None) -> Tensor:
    """``input``, after ``source`` was written into it or into a ``part`` of it, a view."""
    part = input if part is None else part
    if strides.overlaps(part.layout):
        raise MinigradError(
            f"cannot write into shape {part.shape} with strides {part.stride()}: it was expanded, so several indices "
            "share an element; clone it first"
        )
    if not isinstance(source, Tensor):
        source = stored(elements_of(source, input.dtype), input.backend)
    refuse_to_lose_a_gradient(input, source)
    if source.backend is not input.backend:
        raise MinigradError(
            f"cannot write shape {source.shape} on the backend {source.backend.name} into shape {part.shape} on "
            f"{input.backend.name}; move it with x.to(backend)"
        )
    into(part, source)
    input.written[0] = now()
    return input
