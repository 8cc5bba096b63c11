"""Where the elements of a tensor are: pure functions on shapes, strides and indices.

A storage is one long row of elements. A :class:`Layout` says how to read a tensor out of it: the element at
index ``(i, j, ...)`` lies at position ``offset + i * strides[0] + j * strides[1] + ...``. Strides are counted
in elements and are never negative. A view is another layout of the same storage, so no function here moves an
element, and none knows what a tensor is.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from minigrad.errors import MinigradError

Shape = tuple[int, ...]
Strides = tuple[int, ...]
Index = tuple[int, ...]


class Layout(NamedTuple):
    """How to read a tensor out of a storage.

    >>> columns = Layout(shape=(3, 2), strides=(1, 3))
    >>> [position(index(k, columns.shape), columns.strides) for k in range(6)]
    [0, 3, 1, 4, 2, 5]
    """

    shape: Shape
    strides: Strides
    offset: int = 0


# --- Shapes and positions


def strides_of(shape: Shape) -> Strides:
    """The strides of a tensor that lies row by row. As in PyTorch, an empty dimension counts as one element.

    >>> strides_of((2, 3, 4))
    (12, 4, 1)
    """
    strides, step = [], 1
    for size in reversed(shape):
        strides.append(step)
        step *= max(size, 1)
    return tuple(reversed(strides))


@lru_cache(maxsize=4096)
def row_major(shape: Shape) -> Layout:
    """The layout of a tensor that lies row by row from the first element of its storage.

    >>> row_major((2, 3))
    Layout(shape=(2, 3), strides=(3, 1), offset=0)
    """
    return Layout(shape, strides_of(shape))


def index(k: int, shape: Shape) -> Index:
    """The index of the ``k``-th element, counted row by row.

    >>> index(5, (2, 3))
    (1, 2)
    """
    if not 0 <= k < math.prod(shape):
        raise MinigradError(f"there is no element {k} in shape {shape}, which has {math.prod(shape)}, counted from 0")
    reversed_index = []
    for size in reversed(shape):
        k, remainder = divmod(k, size)
        reversed_index.append(remainder)
    return tuple(reversed(reversed_index))


def position(index: Index, strides: Strides) -> int:
    """Where the element at ``index`` lies, counted from the view's first element.

    >>> position((1, 2), (3, 1))
    5
    """
    return sum(i * stride for i, stride in zip(index, strides, strict=True))


def is_contiguous(layout: Layout) -> bool:
    """Whether the elements lie row by row without gaps, wherever the first one is.

    >>> is_contiguous(Layout((2, 3), (3, 1))), is_contiguous(Layout((2, 3), (1, 2)))
    (True, False)
    """
    if 0 in layout.shape:
        return True
    step = 1
    for size, stride in zip(reversed(layout.shape), reversed(layout.strides), strict=True):
        if size != 1 and stride != step:
            return False
        step *= size
    return True


def overlaps(layout: Layout) -> bool:
    """Whether two indices are known to share an element: a dimension was expanded.

    >>> overlaps(Layout((2, 3), (0, 1)))
    True
    """
    return any(stride == 0 and size > 1 for size, stride in zip(layout.shape, layout.strides, strict=True))


def as_dim(dim: int, ndim: int) -> int:
    """The dimension that ``dim`` means; a negative one counts from the end.

    >>> as_dim(-1, 3)
    2
    """
    if not -ndim <= dim < ndim:
        has = f"has dimensions {-ndim} to {ndim - 1}" if ndim else "has no dimensions"
        raise MinigradError(f"there is no dimension {dim}: the tensor {has}")
    return dim % ndim


# --- Broadcasting


def broadcast_shapes(*shapes: Shape) -> Shape:
    """The shape that all ``shapes`` broadcast to: lined up from the right, sizes are equal or one is 1.

    >>> broadcast_shapes((3, 1), (1, 4)), broadcast_shapes((2, 3), (3,)), broadcast_shapes((0,), (1,))
    ((3, 4), (2, 3), (0,))
    """
    result = [1] * max((len(shape) for shape in shapes), default=0)
    for shape in shapes:
        for from_right, size in enumerate(reversed(shape), start=1):
            if size != 1 and result[-from_right] not in (1, size):
                raise MinigradError(
                    f"shapes {' and '.join(map(str, shapes))} do not broadcast: lined up from the right, "
                    f"dimension -{from_right} has sizes {result[-from_right]} and {size}; they must be "
                    "equal, or one of them 1"
                )
            if size != 1:
                result[-from_right] = size
    return tuple(result)


def expand(layout: Layout, shape: Shape) -> Layout:
    """The same elements, repeated to fill ``shape``: where a size of 1 grows, the stride becomes 0.

    New dimensions come first. A size of -1 keeps what is there.

    >>> expand(Layout((3, 1), (1, 1)), (2, -1, 4))
    Layout(shape=(2, 3, 4), strides=(0, 1, 0), offset=0)
    """
    new = len(shape) - len(layout.shape)
    sizes, strides = list(shape), [0] * len(shape)
    fits = new >= 0 and all(size >= 0 for size in shape[:new])
    for dim, (old, stride) in enumerate(zip(layout.shape, layout.strides, strict=True), start=new):
        if fits and sizes[dim] in (old, -1):
            sizes[dim], strides[dim] = old, stride
        else:
            fits = fits and old == 1 and sizes[dim] >= 0
    if not fits:
        raise MinigradError(
            f"shape {layout.shape} does not expand to {shape}: lined up from the right, each size must stay "
            "what it is (or be -1), or grow from 1"
        )
    return Layout(tuple(sizes), tuple(strides), layout.offset)


# --- Views


def permute(layout: Layout, dims: Sequence[int]) -> Layout:
    """The dimensions in another order: dimension ``i`` of the result is dimension ``dims[i]``.

    >>> permute(row_major((2, 3, 4)), (2, 0, 1))
    Layout(shape=(4, 2, 3), strides=(1, 12, 4), offset=0)
    """
    ndim = len(layout.shape)
    order = tuple(as_dim(dim, ndim) for dim in dims)
    if sorted(order) != list(range(ndim)):
        raise MinigradError(f"cannot permute shape {layout.shape} by {tuple(dims)}: name each dimension once")
    return Layout(tuple(layout.shape[d] for d in order), tuple(layout.strides[d] for d in order), layout.offset)


def resolve_shape(shape: Shape, numel: int) -> Shape:
    """``shape`` with its -1, if it has one, replaced by the size that makes it hold ``numel`` elements.

    >>> resolve_shape((2, -1), 6)
    (2, 3)
    """
    known = math.prod(size for size in shape if size != -1)
    if shape.count(-1) == 1 and known > 0 and numel % known == 0:
        shape = tuple(numel // known if size == -1 else size for size in shape)
    if any(size < 0 for size in shape) or math.prod(shape) != numel:
        raise MinigradError(f"{numel} elements do not fill shape {shape}; at most one size may be -1, to be worked out")
    return shape


def view(layout: Layout, shape: Shape) -> Layout | None:
    """The same elements in the same order in another shape; None if they would have to move for it.

    >>> view(row_major((2, 6)), (2, 3, 2))
    Layout(shape=(2, 3, 2), strides=(6, 2, 1), offset=0)
    >>> view(permute(row_major((2, 3)), (1, 0)), (6,)) is None
    True
    """
    if 0 in shape:
        return Layout(shape, strides_of(shape), layout.offset)
    # Dimensions that lie in memory as one are joined to runs; the new dimensions are then cut out of those.
    runs: list[tuple[int, int]] = []
    for size, stride in zip(layout.shape, layout.strides, strict=True):
        if size != 1 and runs and runs[-1][1] == size * stride:
            runs[-1] = (runs[-1][0] * size, stride)
        elif size != 1:
            runs.append((size, stride))
    strides, left, step = [], 1, 1
    for size in reversed(shape):
        if size != 1 and left == 1:
            left, step = runs.pop()
        if left % size:
            return None
        strides.append(step)
        left //= size
        step *= size
    return Layout(shape, tuple(reversed(strides)), layout.offset)


def windows(layout: Layout, dim: int, size: int, step: int) -> Layout:
    """Windows of ``size`` elements along ``dim``, ``step`` apart: one more dimension, the last, runs along a window.

    >>> windows(row_major((5,)), 0, 3, 2)
    Layout(shape=(2, 3), strides=(2, 1), offset=0)
    """
    length = layout.shape[dim]
    if not 0 <= size <= length or step < 1:
        raise MinigradError(
            f"cannot take windows of {size} elements, {step} apart, along dimension {dim} of shape {layout.shape}: a "
            f"window has 0 to {length} elements, and a step is positive"
        )
    shape, strides = list(layout.shape), list(layout.strides)
    shape[dim] = (length - size) // step + 1
    strides[dim] *= step
    return Layout((*shape, size), (*strides, layout.strides[dim]), layout.offset)


def subscript(layout: Layout, key: Any) -> Layout:
    """The layout of ``x[key]``, where ``key`` is made of integers, slices, None and ``...``.

    >>> subscript(row_major((4, 6)), (1, slice(None, None, 2)))
    Layout(shape=(3,), strides=(2,), offset=6)
    """
    keys = list(key) if isinstance(key, tuple) else [key]
    ndim = len(layout.shape)
    dots = [i for i, part in enumerate(keys) if part is Ellipsis]
    missing = ndim - sum(part is not None and part is not Ellipsis for part in keys)
    if missing < 0 or len(dots) > 1:
        raise MinigradError(f"cannot index shape {layout.shape} with {len(keys)} parts: {key}")
    at = dots[0] if dots else len(keys)
    keys[at : at + 1] = [slice(None)] * missing

    shape, strides, offset, dim = [], [], layout.offset, 0
    for part in keys:
        if part is None:
            shape.append(1)
            strides.append(layout.shape[dim] * layout.strides[dim] if dim < ndim else 1)
            continue
        size, stride = layout.shape[dim], layout.strides[dim]
        if isinstance(part, slice):
            start, length, step = _slice(part, size)
            shape.append(length)
            strides.append(stride * step)
            offset += stride * start
        else:
            offset += stride * _integer(part, size, dim)
        dim += 1
    return Layout(tuple(shape), tuple(strides), offset)


def _slice(part: slice, size: int) -> tuple[int, int, int]:
    """First index, number of indices and step of a slice along a dimension of ``size``."""
    if part.step is not None and part.step <= 0:
        raise MinigradError(f"the step of a slice must be positive, not {part.step}: strides are never negative")
    try:
        start, stop, step = part.indices(size)
    except TypeError:
        raise MinigradError(f"a slice is made of integers, not {part}") from None
    return start, len(range(start, stop, step)), step


def _integer(part: Any, size: int, dim: int) -> int:
    """The index that ``part`` means along dimension ``dim``; a negative one counts from the end."""
    try:
        i = operator.index(part)
    except TypeError:
        i = None
    if i is None or isinstance(part, bool):
        raise MinigradError(f"cannot index with {part!r}; use integers, slices, None and ...")
    if not -size <= i < size:
        raise MinigradError(f"index {i} is outside dimension {dim}, which has {size} elements, 0 to {size - 1}")
    return i % size
