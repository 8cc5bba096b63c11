"""What a kernel sees of an array: shapes, views and indexing as numba has them on a GPU.

Nothing here knows how a cell is checked. Subclasses say what reading and writing one cell does, and what to do about
an index that lies outside.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import index as as_index
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from minigrad.simulator.errors import Unsupported
from minigrad.simulator.reserved import number

Shape = tuple[int, ...]

_NUMPY_WARNS = np.lib.NumpyVersion(np.__version__) < "2.0.0"
"""Whether NumPy converts an integer that does not fit, but says that one day it will not."""

_NUMBERS = frozenset({int, float, bool, np.float32, np.float64, np.int32, np.int64})
"""The commonest types of scalars; others are looked at more closely."""


class Geometry(NamedTuple):
    """Where a view's elements lie in its cells.

    Element (i, j, ...) is at cell ``offset + i * strides[0] + j * strides[1] + ...``. ``origin`` has an entry
    (axis, start, step) for each dimension of the whole array: its index is start + step * (the view's index along
    axis), or just start where axis is None.
    """

    shape: Shape
    strides: Shape
    offset: int
    origin: tuple[tuple[int | None, int, int], ...]

    def index_in_whole(self, index: Shape) -> Shape:
        """The index in the whole array of the view's element ``index``."""
        return tuple(start if axis is None else start + step * index[axis] for axis, start, step in self.origin)


class OutOfBounds(Exception):
    """An index that lies outside: one int a dimension, and the view that it would have been, if any."""

    def __init__(self, index: Shape, view: Geometry | None) -> None:
        super().__init__(index)
        self.index = index
        self.view = view


def row_major(shape: Shape) -> Geometry:
    """The geometry of a whole array, row by row."""
    strides: list[int] = []
    step = 1
    for extent in reversed(shape):
        strides.insert(0, step)
        step *= extent
    return Geometry(shape, tuple(strides), 0, tuple((axis, 0, 1) for axis in range(len(shape))))


def locate(geometry: Geometry, index: Any) -> int | Geometry:
    """The cell that ``index`` means, or the geometry of the view where it has a slice or too few dimensions.

    Raises :class:`OutOfBounds` for an integer outside its dimension (a negative one is outside), :class:`IndexError`
    for too many dimensions and :class:`TypeError` for an index that is no integer.
    """
    shape = geometry.shape
    parts = index if type(index) is tuple else (index,)
    if len(parts) == len(shape):
        position = geometry.offset
        for part, extent, stride in zip(parts, shape, geometry.strides, strict=True):
            if type(part) is not int or not 0 <= part < extent:
                break
            position += part * stride
        else:
            return position
    return _locate_any(geometry, parts)


def _locate_any(geometry: Geometry, parts: tuple[Any, ...]) -> int | Geometry:
    shape = geometry.shape
    if sum(part is not Ellipsis for part in parts) > len(shape):
        raise IndexError(f"too many indices: the array has {len(shape)} dimensions, the index has {len(parts)}")
    if any(part is Ellipsis for part in parts):
        at = parts.index(Ellipsis)
        parts = (*parts[:at], *[slice(None)] * (len(shape) - len(parts) + 1), *parts[at + 1 :])
    parts = (*parts, *[slice(None)] * (len(shape) - len(parts)))
    position = geometry.offset
    new_shape: list[int] = []
    new_strides: list[int] = []
    fixed: dict[int, int] = {}
    kept: dict[int, tuple[int, int, int]] = {}
    outside = False
    for axis, (part, extent, stride) in enumerate(zip(parts, shape, geometry.strides, strict=True)):
        if isinstance(part, slice):
            start, stop, step = part.indices(extent)
            kept[axis] = (len(new_shape), start, step)
            new_shape.append(len(range(start, stop, step)))
            new_strides.append(stride * step)
            position += start * stride
        else:
            number = _integer(part)
            outside = outside or not 0 <= number < extent
            fixed[axis] = number
            position += number * stride
    if not kept:
        if outside:
            raise OutOfBounds(tuple(fixed.values()), None)
        return position
    origin: list[tuple[int | None, int, int]] = []
    for old_axis, start, step in geometry.origin:
        if old_axis is None:
            origin.append((None, start, step))
        elif old_axis in fixed:
            origin.append((None, start + step * fixed[old_axis], 1))
        else:
            new_axis, first, every = kept[old_axis]
            origin.append((new_axis, start + step * first, step * every))
    view = Geometry(tuple(new_shape), tuple(new_strides), position, tuple(origin))
    if outside:
        raise OutOfBounds(tuple(fixed.get(axis, 0) for axis in range(len(shape))), view)
    return view


def _integer(part: Any) -> int:
    if part is None:
        raise Unsupported("the simulator does not offer None (a new axis) as an index")
    try:
        return as_index(part)
    except TypeError:
        if isinstance(part, np.bool_):
            return int(part)
        kind = type(part).__name__
        raise TypeError(f"an index has to be an integer, and this one is {part!r}, a {kind}") from None


class KernelArray:
    """Every array that a kernel can touch. ``dtype`` is its element type, ``name`` what the learner calls it."""

    __slots__ = ("dtype", "geometry", "name", "shape")

    geometry: Geometry
    shape: Shape
    dtype: np.dtype[Any]
    name: str

    def view(self, geometry: Geometry) -> KernelArray:
        """Another view of the same cells."""
        raise NotImplementedError

    def __getitem__(self, index: Any) -> Any:
        raise NotImplementedError

    def __setitem__(self, index: Any, value: Any) -> None:
        raise NotImplementedError

    def __len__(self) -> int:
        if not self.shape:
            raise TypeError("len() of an array without dimensions")
        return self.shape[0]

    def __iter__(self) -> Iterator[Any]:
        return (self[i] for i in range(len(self)))

    @property
    def ndim(self) -> int:
        """Number of dimensions."""
        return len(self.shape)

    @property
    def size(self) -> int:
        """Number of elements."""
        count = 1
        for extent in self.shape:
            count *= extent
        return count

    @property
    def itemsize(self) -> int:
        """Bytes of an element."""
        return self.dtype.itemsize

    @property
    def nbytes(self) -> int:
        """Bytes of all elements."""
        return self.size * self.dtype.itemsize

    @property
    def strides(self) -> Shape:
        """Bytes from an element to its neighbour along each dimension."""
        return tuple(stride * self.dtype.itemsize for stride in self.geometry.strides)

    @property
    def T(self) -> KernelArray:
        """The view with its dimensions in reverse."""
        old = self.geometry
        last = len(old.shape) - 1
        origin = tuple((None if axis is None else last - axis, start, step) for axis, start, step in old.origin)
        return self.view(Geometry(old.shape[::-1], old.strides[::-1], old.offset, origin))

    def transpose(self) -> KernelArray:
        """The same, as a method; numba takes no arguments here either."""
        return self.T

    def __getattr__(self, name: str) -> Any:
        if hasattr(np.ndarray, name) and not name.startswith("__"):
            raise Unsupported(f"the simulator does not offer .{name} of an array inside a kernel")
        raise AttributeError(f"an array has no attribute {name!r}")

    def __repr__(self) -> str:
        return f"<{self.name or 'array'}: {' x '.join(map(str, self.shape))} {self.dtype}>"


def cells_to_store(shape: Shape, value: Any) -> Iterator[Shape]:
    """Each index of a view that ``value``, a scalar or an array of the same shape, is to be stored in."""
    if isinstance(value, KernelArray) and value.shape != shape:
        raise ValueError(f"an array of shape {value.shape} cannot be stored in a view of shape {shape}")
    return iter(np.ndindex(shape))


def index_of_cell(position: int, shape: Shape) -> Shape:
    """The index of the ``position``-th cell of a whole array of ``shape``, row by row."""
    index: list[int] = []
    for extent in reversed(shape):
        index.insert(0, position % extent)
        position //= extent
    return tuple(index)


def cast(value: Any, dtype: np.dtype[Any]) -> Any:
    """``value`` as a scalar of ``dtype``; an integer that does not fit wraps around, as in a register."""
    if type(value) not in _NUMBERS:
        value = number(value)
        if not isinstance(value, np.generic | int | float | complex):
            raise TypeError(f"an array of {dtype} holds numbers, not {_kind_of(value)}")
    if _NUMPY_WARNS and isinstance(value, int) and dtype.kind in "iu":
        return _wrapped(value, dtype)
    try:
        return dtype.type(value)
    except (OverflowError, ValueError):
        return _wrapped(value, dtype) if isinstance(value, int) else np.asarray(value).astype(dtype)[()]


def _wrapped(value: int, dtype: np.dtype[Any]) -> Any:
    return np.array(value % (1 << 8 * dtype.itemsize), dtype=f"u{dtype.itemsize}").view(dtype)[()]


def _kind_of(value: Any) -> str:
    if value is None or isinstance(value, KernelArray):
        return repr(value)
    return f"{value!r}, a {type(value).__name__}"


def poison(dtype: np.dtype[Any]) -> Any:
    """What a cell that nobody wrote reads as: NaN, or a conspicuous integer."""
    if dtype.kind in "fc":
        return dtype.type(np.nan)
    if dtype.kind == "b":
        return dtype.type(True)
    return np.frombuffer(b"\xa5" * dtype.itemsize, dtype=dtype)[0]


def as_dtype(numba_or_numpy: Any) -> np.dtype[Any]:
    """The NumPy dtype of what a kernel gives as one: a numba type, a NumPy type or dtype, or a name."""
    name = getattr(numba_or_numpy, "name", None)
    if name is not None and not isinstance(numba_or_numpy, np.dtype):
        numba_or_numpy = {"boolean": "bool", "bool": "bool"}.get(name, name)
    try:
        dtype: np.dtype[Any] = np.dtype(numba_or_numpy)
    except TypeError:
        raise Unsupported(f"the simulator does not offer arrays of {numba_or_numpy!r}") from None
    check_dtype(dtype)
    return dtype


def check_dtype(dtype: np.dtype[Any]) -> None:
    """Raise :class:`Unsupported` for records, strings and objects."""
    if dtype.kind not in "biufc":
        raise Unsupported(f"the simulator does not offer arrays of {dtype}")


def to_numpy(values: list[Any], like: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """The cells as an array of the shape and type of ``like``."""
    return np.array(values, dtype=like.dtype).reshape(like.shape)
