"""Memory for the quick pass: every access is checked, and the first thing out of the ordinary ends the pass.

Most launches are of kernels that do nothing wrong, so the quick pass only answers "is all well?". It keeps two
integers for each cell. When an access is not plainly in order it raises :class:`Suspicion`, and the launch is run again
on precise memory (``precise``), which decides what it was. The quick pass may suspect the innocent (atomics and warp
operations are always left to the precise pass); it never lets the guilty go.

A *stamp* is an integer that says who and when: the interval (a counter that goes up at every barrier and every new
block) times ``STAMPS_PER_INTERVAL``, plus the thread's number in its block, plus one. So all stamps of intervals before
the current one are smaller than ``now.interval``, and those of other blocks than the current one are smaller than
``now.block``:

* a cell's *writer* is 0 (nobody), or the stamp of the last write. To read it or to write it again is in order if the
  stamp is one's own, or of an earlier interval of one's own block.
* a cell's *reader* is 0 (nobody), the stamp of the only thread that read it in the latest interval, that interval's
  largest stamp if several threads did, or 1 once two blocks have read it. The same rule says who may write.
"""

from __future__ import annotations

import math
from operator import index as as_index
from typing import Any

import numpy as np
import numpy.typing as npt

from minigrad.simulator.arrays import Geometry, KernelArray, OutOfBounds, cast, cells_to_store, locate, row_major

STAMPS_PER_INTERVAL = 2048
_SEVERAL = STAMPS_PER_INTERVAL - 1
_TWO_BLOCKS = 1


class Suspicion(BaseException):
    """Something is not plainly in order; not an Exception, so that no ``except`` in a kernel hides it."""


class Now:
    """The running thread's stamp, and the smallest stamps of its interval and of its block."""

    __slots__ = ("block", "interval", "stamp")

    def __init__(self) -> None:
        self.block = self.interval = STAMPS_PER_INTERVAL
        self.stamp = STAMPS_PER_INTERVAL + 1


class QuickVector(KernelArray):
    """A whole array of one dimension, and the cells behind every other quick array."""

    __slots__ = ("_first", "_kind", "count", "now", "readers", "values", "writers")

    def __init__(self, values: list[Any], dtype: np.dtype[Any], name: str, now: Now, *, written: bool) -> None:
        self.values = values
        self.count = count = len(values)
        self.writers = [0] * count
        self.readers = [0] * count
        self.now = now
        self.dtype = dtype
        self.name = name
        self.shape = (count,)
        self.geometry = row_major((count,))
        self._kind = dtype.type
        self._first = 0 if written else -1  # what a writer of nobody is compared with; -1 never equals a stamp

    def __getitem__(self, index: Any) -> Any:
        if type(index) is not int or not 0 <= index < self.count:
            return self._general(index)
        now = self.now
        stamp = now.stamp
        writer = self.writers[index]
        if writer != self._first and writer != stamp and not now.block <= writer < now.interval:
            raise Suspicion
        reader = self.readers[index]
        if reader != stamp:
            if not reader or now.block <= reader < now.interval:
                self.readers[index] = stamp
            elif reader < now.block:
                self.readers[index] = _TWO_BLOCKS
            else:
                self.readers[index] = now.interval + _SEVERAL
        return self.values[index]

    def __setitem__(self, index: Any, value: Any) -> None:
        if type(index) is not int or not 0 <= index < self.count:
            self._general_store(index, value)
            return
        now = self.now
        stamp = now.stamp
        writer = self.writers[index]
        if writer and writer != stamp and not now.block <= writer < now.interval:
            raise Suspicion
        reader = self.readers[index]
        if reader and reader != stamp and not now.block <= reader < now.interval:
            raise Suspicion
        self.writers[index] = stamp
        self.values[index] = value if type(value) is self._kind else cast(value, self.dtype)

    def _general(self, index: Any) -> Any:
        found = _locate(self.geometry, index)
        return self[found] if type(found) is int else QuickArray(self, found)  # type: ignore[arg-type]

    def _general_store(self, index: Any, value: Any) -> None:
        found = _locate(self.geometry, index)
        if type(found) is int:
            self[found] = value
        else:
            store_all(QuickArray(self, found), value)  # type: ignore[arg-type]

    def view(self, geometry: Geometry) -> KernelArray:
        return QuickArray(self, geometry)


class QuickArray(KernelArray):
    """Any view of a :class:`QuickVector`: more dimensions, rows, slices."""

    __slots__ = ("_vector",)

    def __init__(self, vector: QuickVector, geometry: Geometry) -> None:
        self._vector = vector
        self.geometry = geometry
        self.shape = geometry.shape
        self.dtype = vector.dtype
        self.name = vector.name

    def __getitem__(self, index: Any) -> Any:
        found = _locate(self.geometry, index)
        if type(found) is int:
            return self._vector[found]
        return QuickArray(self._vector, found)  # type: ignore[arg-type]

    def __setitem__(self, index: Any, value: Any) -> None:
        found = _locate(self.geometry, index)
        if type(found) is int:
            self._vector[found] = value
        else:
            store_all(QuickArray(self._vector, found), value)  # type: ignore[arg-type]

    def view(self, geometry: Geometry) -> KernelArray:
        return QuickArray(self._vector, geometry)


class QuickLocal(KernelArray):
    """A thread's own array: bounds and unwritten cells are looked at, and nobody else can touch it."""

    __slots__ = ("_values",)

    def __init__(self, values: list[Any], geometry: Geometry, dtype: np.dtype[Any]) -> None:
        self._values = values  # None where nothing was written
        self.geometry = geometry
        self.shape = geometry.shape
        self.dtype = dtype
        self.name = ""

    def __getitem__(self, index: Any) -> Any:
        found = _locate(self.geometry, index)
        if type(found) is not int:
            return self.view(found)  # type: ignore[arg-type]
        value = self._values[found]
        if value is None:
            raise Suspicion
        return value

    def __setitem__(self, index: Any, value: Any) -> None:
        found = _locate(self.geometry, index)
        if type(found) is int:
            self._values[found] = cast(value, self.dtype)
        else:
            store_all(self.view(found), value)  # type: ignore[arg-type]

    def view(self, geometry: Geometry) -> KernelArray:
        return QuickLocal(self._values, geometry, self.dtype)


def quick_array(array: npt.NDArray[Any], name: str, now: Now, *, written: bool) -> QuickVector | QuickArray:
    """What stands for an argument: its values are copied; ``written`` says that they may be read."""
    vector = QuickVector(list(array.reshape(-1)), array.dtype, name, now, written=written)
    return vector if array.ndim == 1 else QuickArray(vector, row_major(array.shape))


def quick_shared(shape: tuple[int, ...], dtype: np.dtype[Any], now: Now) -> QuickVector | QuickArray:
    """A shared array of the running block, holding nothing yet."""
    geometry = row_major(shape)
    count = math.prod(shape)
    vector = QuickVector([None] * count, dtype, "", now, written=False)
    return vector if len(shape) == 1 else QuickArray(vector, geometry)


def quick_local(shape: tuple[int, ...], dtype: np.dtype[Any]) -> QuickLocal:
    """A local array of the running thread, holding nothing yet."""
    return QuickLocal([None] * math.prod(shape), row_major(shape), dtype)


def store_all(view: KernelArray, value: Any) -> None:
    """``view[...] = value``, cell by cell: a scalar everywhere, or an array of the same shape."""
    for index in cells_to_store(view.shape, value):
        view[index] = value[index] if isinstance(value, KernelArray) else value


def _locate(geometry: Geometry, index: Any) -> int | Geometry:
    if type(index) is not int and type(index) is not tuple and isinstance(index, np.integer):
        index = as_index(index)
    try:
        return locate(geometry, index)
    except OutOfBounds:
        raise Suspicion from None
