"""Arrays as a kernel for the processor sees them: elements, views, and whole-array expressions as NumPy has them.

Whatever NumPy computes from such an array first reads all of its elements, each of them checked, and what comes out
is an array of the same kind. A negative index counts from the end, as NumPy and numba have it, but for the storages
that are handed to the kernel: no tensor's element ever lies there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import lru_cache
from math import prod
from types import FrameType
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from numpy.lib.mixins import NDArrayOperatorsMixin

from minigrad.simulator.access import READ, WROTE
from minigrad.simulator.arrays import Geometry, KernelArray, OutOfBounds, Shape, locate, row_major
from minigrad.simulator.errors import Unsupported
from minigrad.simulator.parallel_memory import Iterations, Memory, plain, unwritten_value
from minigrad.simulator.reserved import Hole

MOST_ELEMENTS = 10_000_000
"""An array that a kernel makes has at most so many."""

_INTEGERS = frozenset([int, np.int64, np.int32, np.uint64, np.intp])
"""The commonest types of an index."""

_METHODS = frozenset(
    ["all", "any", "argmax", "argmin", "argsort", "astype", "cumprod", "cumsum", "dot", "flatten"]
) | frozenset(["item", "max", "mean", "min", "nonzero", "prod", "round", "sum", "tolist", "trace"])
"""Methods that only read; what they return shares no memory with the array."""

_WRITING = frozenset(["copyto", "fill_diagonal", "place", "put", "put_along_axis", "putmask"])
"""Functions of NumPy that write to what they are given."""


class Maker(Iterations, Protocol):
    """What arrays need of the run: where in the kernel it is."""

    def frame_of_kernel(self) -> FrameType:
        """The innermost frame that runs the kernel's own code."""


class CheckedArray(KernelArray, NDArrayOperatorsMixin):
    """A view of checked cells."""

    __slots__ = ("cells", "count", "first", "step", "wraps")

    def __init__(self, cells: Memory, geometry: Geometry) -> None:
        self.cells = cells
        self.geometry = geometry
        self.shape = geometry.shape
        self.dtype = cells.dtype
        self.wraps = cells.space != "global" or geometry.shape != cells.shape
        # Where the elements of a one-dimensional array lie; of any other, none are found this way.
        self.first = geometry.offset
        self.count = self.step = 0
        if len(geometry.shape) == 1:
            (self.count,), (self.step,) = geometry.shape, geometry.strides

    @property
    def name(self) -> str:  # type: ignore[override]
        """The name of the cells behind it."""
        return self.cells.name

    def view(self, geometry: Geometry) -> CheckedArray:
        return CheckedArray(self.cells, geometry)

    # Elements

    def __getitem__(self, index: Any) -> Any:
        if type(index) in _INTEGERS:
            at = int(index) + self.count if index < 0 and self.wraps else int(index)
            if 0 <= at < self.count:
                cells = self.cells
                at = self.first + at * self.step
                if cells.is_fixed:
                    return cells.values[at]
                run = cells.run
                if cells.maker == run.who and run.log is None:
                    value = cells.values[at]
                    if value is not None:
                        return value
                return cells.load(at, sys._getframe(1))
        return self.load(index, sys._getframe(1))

    def __setitem__(self, index: Any, value: Any) -> None:
        if type(index) in _INTEGERS and 0 <= index < self.count:
            self.cells.store(self.first + int(index) * self.step, value, sys._getframe(1))
        else:
            self.store(index, value, sys._getframe(1))

    def __iter__(self) -> Iterator[Any]:
        for i in range(len(self)):
            yield self.load(i, sys._getframe(1), in_passing=True)  # zip takes one more than it hands on

    def load(self, index: Any, frame: FrameType, *, in_passing: bool = False) -> Any:
        """Read one cell, or make a view; see :meth:`Memory.load`."""
        found = self._locate(index, READ, frame)
        if type(found) is int:
            return self.cells.load(found, frame, in_passing=in_passing)
        return unwritten_value(self.dtype) if found is None else found

    def store(self, index: Any, value: Any, frame: FrameType) -> None:
        """Write one cell, or every cell of a view."""
        found = self._locate(index, WROTE, frame)
        if type(found) is int:
            self.cells.store(found, value, frame)
        elif found is not None:
            values = value.elements(frame) if isinstance(value, CheckedArray) else _plain(value, frame)
            try:
                values = np.broadcast_to(values, found.shape)
            except ValueError:
                words = f"an array of shape {np.shape(values)} cannot be stored in one of shape {found.shape}"
                raise ValueError(words) from None
            for each in np.ndindex(found.shape):
                found.store(each, values[each], frame)

    def _locate(self, index: Any, action: int, frame: FrameType) -> Any:
        """The cell, a view, or None for an element that lies outside, which has then been reported."""
        if self.wraps:
            index = _from_the_end(index, self.shape)
        try:
            found = locate(self.geometry, index)
        except OutOfBounds as outside:
            if outside.view is not None:
                raise Unsupported(f"the row {self.cells.title}[{outside.index[0]}] lies outside its array") from None
            self.cells.outside(outside.index, self.shape, action, frame)
            return None
        return found if type(found) is int else self.view(found)  # type: ignore[arg-type]

    # Whole arrays

    def read(self, frame: FrameType) -> npt.NDArray[Any]:
        """Every element, each of them read by the running iteration, and to be used."""
        values = [self.load(index, frame) for index in np.ndindex(self.shape)]
        return np.array(values, self.dtype).reshape(self.shape)

    def elements(self, frame: FrameType) -> npt.NDArray[Any]:
        """Every element as an object, with holes where nothing was written."""
        found = np.empty(self.shape, object)
        for index in np.ndindex(self.shape):
            found[index] = self.load(index, frame, in_passing=True)
        return found

    def copy(self) -> CheckedArray:
        """A new array of the running iteration's; where nothing was written, nothing is written there either."""
        elements = self.elements(self._frame()).ravel().tolist()
        values = [None if isinstance(each, Hole) else each for each in elements]
        return new_array(self.cells.run, values, self.dtype, self.shape, "", "local")  # type: ignore[arg-type]

    def fill(self, value: Any) -> None:
        """Write one value everywhere."""
        self.store(..., value, sys._getframe(1))

    def __bool__(self) -> bool:
        return bool(self.read(self._frame()))

    def _frame(self) -> FrameType:
        return self.cells.run.frame_of_kernel()  # type: ignore[attr-defined,no-any-return]

    def __array__(self, dtype: Any = None, copy: Any = None) -> npt.NDArray[Any]:
        return self.read(self._frame()).astype(dtype or self.dtype)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        frame = self._frame()
        out = options.pop("out", None)
        result = getattr(ufunc, method)(*_plain(inputs, frame), **_plain(options, frame))
        if out is None:
            return made(self.cells.run, result)
        if len(out) != 1 or not isinstance(out[0], CheckedArray):
            raise Unsupported(f"the simulator does not offer out={out!r} of {ufunc.__name__}")
        out[0].store(..., result, frame)
        return out[0]

    def __array_function__(self, function: Any, types: Any, arguments: Any, options: Any) -> Any:
        name = function.__name__
        if name in _WRITING or options.get("out") is not None:
            raise Unsupported(f"the simulator does not offer np.{name} that writes into an array")
        if name in ("shape", "size", "ndim") and isinstance(arguments[0], CheckedArray) and len(arguments) == 1:
            return getattr(arguments[0], name)
        if name == "copy" and len(arguments) == 1:
            return arguments[0].copy()
        frame = self._frame()
        return made(self.cells.run, function(*_plain(arguments, frame), **_plain(options, frame)))

    def __getattr__(self, name: str) -> Any:
        if name in _METHODS:

            def method(*arguments: Any, **options: Any) -> Any:
                frame = self._frame()
                whole = self.read(frame)
                return made(self.cells.run, getattr(whole, name)(*_plain(arguments, frame), **_plain(options, frame)))

            return method
        return super().__getattr__(name)


def _plain(value: Any, frame: FrameType) -> Any:
    """The same with plain arrays in place of the kernel's, all of whose elements are read."""
    if isinstance(value, CheckedArray):
        return value.read(frame)
    if isinstance(value, tuple | list):
        return type(value)(_plain(each, frame) for each in value)
    if isinstance(value, dict):
        return {key: _plain(each, frame) for key, each in value.items()}
    return value


def _from_the_end(index: Any, shape: Shape) -> Any:
    """The same index without negative numbers, where those mean elements."""
    parts = index if type(index) is tuple else (index,)
    dots = next((at for at, part in enumerate(parts) if part is Ellipsis), None)
    if dots is not None:
        parts = (*parts[:dots], *[slice(None)] * (len(shape) - len(parts) + 1), *parts[dots + 1 :])
    if len(parts) > len(shape):
        return index
    return tuple(
        int(part) + extent if isinstance(part, int | np.integer) and -extent <= part < 0 else part
        for part, extent in zip(parts, shape, strict=False)
    )


def made(run: Any, result: Any) -> Any:
    """What the kernel gets where NumPy made something: an array is a new one, of the running iteration's."""
    if isinstance(result, np.ndarray):
        return array_of(run, result, "", "local") if result.ndim else result[()]
    if isinstance(result, tuple | list):
        return type(result)(made(run, each) for each in result)
    return result


def array_of(run: Maker, values: npt.NDArray[Any], name: str, space: str) -> CheckedArray:
    """A checked array that holds what ``values`` holds."""
    kept: list[Any] = values.ravel().tolist()
    if values.dtype.kind not in "biu" and values.dtype != np.float64:
        kept = list(values.ravel())
    return new_array(run, kept, values.dtype, values.shape, name, space)


def filled_array(run: Maker, value: Any, dtype: np.dtype[Any], shape: Shape, name: str, space: str) -> CheckedArray:
    """A checked array with one value everywhere, or that holds nothing yet where it is None."""
    count = prod(shape)
    if count > MOST_ELEMENTS:
        raise MemoryError(f"an array of {count:,} elements")
    return new_array(run, [None if value is None else plain(value, dtype)] * count, dtype, shape, name, space)


def new_array(run: Maker, values: list[Any], dtype: np.dtype[Any], shape: Shape, name: str, space: str) -> CheckedArray:
    """A checked array of these values, in the form in which memory keeps them."""
    return CheckedArray(Memory(run, values, dtype, shape, name, space), _whole(shape))


_whole = lru_cache(256)(row_major)
