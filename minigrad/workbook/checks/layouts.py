"""The tensors that Part 4's verbs are tried with: shapes, ways to lie in a storage, and ways to broadcast.

A tensor is three arguments of a kernel: its storage, its shape and its strides. Strides are counted in elements and
never negative; the storage begins at the tensor's first element and ends at its last. Everything here is a table to
choose one entry from, the most readable entries first, or a function from values to values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import prod
from typing import NamedTuple

from minigrad.workbook.checks.values import Fill, counting
from minigrad.workbook.spec import Array, Case, Dims

MAX_DIMS = 4
"""The most dimensions that a tensor of these puzzles has."""

SHAPES: tuple[Dims, ...] = (
    *((2,), (3,), (1,), (2, 2), (2, 3), (3, 2), (1, 2), (2, 1), (5,), (3, 4), (9,)),
    *((2, 3, 2), (2, 1, 3), (3, 2, 4), (2, 2, 3, 2), (3, 1, 2, 2), (1, 4, 2, 3)),
    *((17,), (33,), (5, 7), (7, 5), (70,), (9, 8), (4, 5, 6)),
    *((), (), (), (0,), (3, 0), (0, 2), (2, 0, 3)),
)
"""Shapes of rank 0 to 4. Those without dimensions or elements come last and often: they have to be drawn."""


class Manner(NamedTuple):
    """A way for a tensor of any shape to lie in its storage."""

    name: str
    strides: Callable[[Dims], Dims]


def _walk(shape: Dims, order: tuple[int, ...], gap: int = 0, step: int = 1) -> Dims:
    """Strides of dimensions nested in this order, the last one innermost.

    Each dimension is a slice of one that is ``gap`` longer, and the innermost one takes every ``step``-th element.
    """
    strides = [0] * len(shape)
    for dim in reversed(order):
        strides[dim] = step
        step *= max(1, shape[dim]) + gap
    return tuple(strides)


def _as_given(shape: Dims) -> tuple[int, ...]:
    return tuple(range(len(shape)))


def _repeated(shape: Dims, dims: set[int]) -> Dims:
    """Strides of a tensor that was expanded along these dimensions."""
    small = tuple(1 if dim in dims else size for dim, size in enumerate(shape))
    strides = _walk(small, _as_given(shape))
    return tuple(0 if dim in dims else stride for dim, stride in enumerate(strides))


MANNERS = (
    Manner("row by row", lambda shape: _walk(shape, _as_given(shape))),
    Manner("column by column", lambda shape: _walk(shape, _as_given(shape)[::-1])),
    Manner("every other element", lambda shape: _walk(shape, _as_given(shape), step=2)),
    Manner("a part of something larger", lambda shape: _walk(shape, _as_given(shape), gap=1)),
    Manner("dimensions in turn", lambda shape: _walk(shape, (*_as_given(shape)[1:], *_as_given(shape)[:1]))),
    Manner("a part, column by column", lambda shape: _walk(shape, _as_given(shape)[::-1], gap=2)),
)
"""How a tensor may lie whose elements all have a place of their own."""

INPUT_MANNERS = (
    *MANNERS,
    Manner("repeated along the first dimension", lambda shape: _repeated(shape, {0})),
    Manner("repeated along the last dimension", lambda shape: _repeated(shape, {len(shape) - 1})),
    Manner("one element everywhere", lambda shape: (0,) * len(shape)),
)
"""How a tensor may lie that is only read: it may have been expanded, and then has strides of 0."""


class Broadcast(NamedTuple):
    """A way for a shape to be smaller than the one it broadcasts to."""

    name: str
    shape: Callable[[Dims], Dims]


def _ones(shape: Dims, dims: range) -> Dims:
    return tuple(1 if dim in dims else size for dim, size in enumerate(shape))


BROADCASTS = (
    Broadcast("the same shape", lambda shape: shape),
    Broadcast("the same shape", lambda shape: shape),
    Broadcast("1 along the last dimension", lambda shape: (*shape[:-1], 1) if shape else ()),
    Broadcast("1 along the first dimension", lambda shape: (1, *shape[1:]) if shape else ()),
    Broadcast("without the first dimension", lambda shape: shape[1:]),
    Broadcast("a single dimension", lambda shape: shape[-1:]),
    Broadcast("1 along every other dimension", lambda shape: _ones(shape, range(1, len(shape), 2))),
    Broadcast("no dimensions", lambda shape: ()),
)
"""How the shape of an input may differ from that of the output."""


def storage_size(shape: Dims, strides: Dims) -> int:
    """How many elements lie in the storage, from the tensor's first to its last; 0 if it has none.

    >>> storage_size((2, 3), (4, 1)), storage_size((), ()), storage_size((0, 3), (3, 1))
    (7, 1, 0)
    """
    if 0 in shape:
        return 0
    return 1 + sum((size - 1) * stride for size, stride in zip(shape, strides, strict=True))


def strided(storage: Array, shape: Dims, strides: Dims) -> Array:
    """The tensor as a NumPy array on its storage.

    >>> import numpy as np
    >>> strided(np.arange(6), (3, 2), (1, 3)).tolist()
    [[0, 3], [1, 4], [2, 5]]
    """
    import numpy as np

    shape, strides = tuple(map(int, shape)), tuple(map(int, strides))
    if 0 in shape:
        return np.empty(shape, storage.dtype)
    return np.lib.stride_tricks.as_strided(storage, shape, [stride * storage.itemsize for stride in strides])


def stored(elements: Array, strides: Dims) -> Array:
    """A storage in which these elements lie at these strides; what lies between them is NaN.

    >>> import numpy as np
    >>> stored(np.array([[1, 2], [3, 4]], np.float32), (1, 3)).tolist()
    [1.0, 3.0, nan, 2.0, 4.0]
    """
    import numpy as np

    shape = elements.shape
    storage = np.full(storage_size(shape, strides), np.nan, np.float32)
    strided(storage, shape, strides)[...] = elements
    return storage


def mask(shape: Dims, strides: Dims) -> Array:
    """Which cells of the storage are elements of the tensor.

    >>> mask((2, 2), (3, 1)).tolist()
    [True, True, False, True, True]
    """
    import numpy as np

    return ~np.isnan(stored(np.zeros(tuple(map(int, shape)), np.float32), tuple(map(int, strides))))


def as_arguments(name: str, storage: Array, shape: Dims, strides: Dims) -> Mapping[str, Array]:
    """A kernel's three arguments for a tensor: ``a``, ``a_shape`` and ``a_strides``."""
    import numpy as np

    return {name: storage, f"{name}_shape": np.array(shape, np.int64), f"{name}_strides": np.array(strides, np.int64)}


def an_input(
    name: str, shape: Dims, manner: Manner, seed: int, place: int, fill: Fill = counting
) -> Mapping[str, Array]:
    """The three arguments of an input; every cell of its storage holds a number, gaps included."""
    strides = manner.strides(shape)
    return as_arguments(name, fill((storage_size(shape, strides),), seed, place), shape, strides)


def an_output(shape: Dims, manner: Manner, start: float | None = None) -> Mapping[str, Array]:
    """The three arguments of ``out``: each cell holds ``start``, or nothing yet (NaN)."""
    import numpy as np

    strides = manner.strides(shape)
    value = np.nan if start is None else start
    return as_arguments("out", np.full(storage_size(shape, strides), value, np.float32), shape, strides)


def shape_of(case: Case, name: str) -> Dims:
    """The shape of one of a case's tensors."""
    return _numbers(case, f"{name}_shape")


def strides_of(case: Case, name: str) -> Dims:
    """The strides of one of a case's tensors."""
    return _numbers(case, f"{name}_strides")


def _numbers(case: Case, name: str) -> Dims:
    found = case.arguments[name]
    assert not isinstance(found, int)
    return tuple(map(int, found))


def elements_of_out(case: Case) -> Mapping[str, Array]:
    """What ``KernelSpec.elements`` wants: the cells of the storage ``out`` that are elements of the tensor."""
    return {"out": mask(shape_of(case, "out"), strides_of(case, "out"))}


def remark(case: Case) -> str:
    """What the tensors of a case are like, in a sentence each: ``a has shape (2, 1) and strides (1, 1).``"""
    names = [name.removesuffix("_shape") for name in case.arguments if name.endswith("_shape")]
    return " ".join(_described(case, name) for name in names)


def _described(case: Case, name: str) -> str:
    shape, strides = shape_of(case, name), strides_of(case, name)
    if not shape:
        return f"{name} has no dimensions: its shape and strides are empty, and it has one element."
    empty = ", and no elements" if prod(shape) == 0 else ""
    return f"{name} has shape {shape} and strides {strides}{empty}."
