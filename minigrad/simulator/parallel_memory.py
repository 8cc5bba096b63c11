"""Memory for a parallel loop on the processor: its cells, and which two iterations race for one of them.

Order is simple here. All that came before the loop is ordered before each iteration, the end of the loop orders all
of them before what follows, and between two iterations of one loop there is no order at all. And each iteration runs to
its end before the next begins. So of each cell it is enough to know, for the loop that is running, who read it first,
who wrote it first, and whether all that was written was one and the same value: if the first was the iteration that
runs now, there was no other.
"""

from __future__ import annotations

from functools import partial
from math import inf
from types import FrameType
from typing import Any, Protocol

import numpy as np

from minigrad.simulator.access import PLACE_SHIFT, WHO_SHIFT, WROTE, Access, action_of
from minigrad.simulator.arrays import Shape, cast, index_of_cell, poison
from minigrad.simulator.faults import beyond, name_of_index
from minigrad.simulator.reserved import Hole
from minigrad.simulator.source import Places

_WHO = ((1 << 41) - 1) << WHO_SHIFT
"""The bits of an access that say whose it is."""


class Iterations(Protocol):
    """What memory needs of the run that it belongs to."""

    who: int  # the iteration that runs, counted through the launch from 1; 0 outside every parallel loop
    floor: Access  # accesses of the loop that is running are at least this
    stamp: Access  # the time and the iteration of whatever happens now
    log: list[tuple[Any, ...]] | None
    places: Places

    def fault(self, kind: str, sentence: str, access: Access, array: str = "", index: Shape | None = None) -> None:
        """Collect a fault of one iteration; ``sentence`` goes on after its name."""

    def conflict(self, kind: str, memory: Memory, position: int, earlier: Access, access: Access) -> None:
        """Collect a fault or a note of two iterations on one cell."""

    def borrowed(self, memory: Memory, access: Access) -> None:
        """Collect the use of an array that another iteration of the same loop has made."""

    def record(self, verb: str, memory: Memory, position: int, value: Any, access: Access) -> None:
        """Write an access down for the trace."""


class Memory:
    """The cells behind an array. ``values`` has None where nothing was written yet.

    ``space`` is ``"global"`` for an argument that is a storage, ``"local"`` for an array that the kernel makes, and
    ``"fixed"`` for shapes, strides and whatever else can only be read. ``maker`` is the iteration that made it, and
    ``made`` says when, too.
    """

    __slots__ = (
        "_history",
        "changed",
        "dtype",
        "is_fixed",
        "made",
        "maker",
        "name",
        "run",
        "shape",
        "space",
        "values",
    )

    def __init__(
        self, run: Iterations, values: list[Any], dtype: np.dtype[Any], shape: Shape, name: str, space: str
    ) -> None:
        self.run = run
        self.values = values
        self.dtype = dtype
        self.shape = shape
        self.name = name
        self.space = space
        self.is_fixed = space == "fixed"
        self.maker = run.who
        self.made = run.stamp
        self.changed = False
        self._history: _History | None = None

    @property
    def title(self) -> str:
        """Its name, or what it is if it has none."""
        return self.name or f"a {self.space} array"

    def load(self, position: int, frame: FrameType, *, in_passing: bool = False) -> Any:
        """Read a cell; only ``in_passing`` if it does not matter unless what is found there is used."""
        run = self.run
        value = self.values[position]
        if self.is_fixed:
            return value
        access = run.stamp | run.places.number(frame) << PLACE_SHIFT
        if value is None:
            value = (
                Hole(partial(self._unwritten, position, access)) if in_passing else self._unwritten(position, access)
            )
        if self.maker != run.who:
            (self._history or self._begun()).read(position, access)
        if run.log is not None:
            run.record("read", self, position, None if isinstance(value, Hole) else value, access)
        return value

    def store(self, position: int, value: Any, frame: FrameType) -> None:
        """Write a cell."""
        run = self.run
        if self.is_fixed:
            where = name_of_index(self.title, self.index(position))
            raise TypeError(f"{where} is written, and {self.title} is only to be read")
        kept_as, low, high = _KEPT[self.dtype]
        if type(value) is not kept_as or not low <= value <= high:
            value = None if isinstance(value, Hole) else plain(value, self.dtype)
        if self.maker != run.who or run.log is not None:
            access = run.stamp | run.places.number(frame) << PLACE_SHIFT | WROTE
            if self.maker != run.who:
                (self._history or self._begun()).written(position, self.values[position], value, access)
            if run.log is not None:
                run.record("write", self, position, value, access)
        self.values[position] = value
        self.changed = True

    def index(self, position: int) -> Shape:
        """The index of a cell."""
        return index_of_cell(position, self.shape)

    def outside(self, index: Shape, shape: Shape, action: int, frame: FrameType) -> None:
        """Somebody used an index that is no element of the array, or of its view that has this shape."""
        title = self.title if shape == self.shape else f"a view of {self.title}"
        sentence = beyond(title, index, shape)
        if self.is_fixed:
            raise IndexError(f"there is no {sentence}")
        access = self.run.stamp | self.run.places.number(frame) << PLACE_SHIFT | action
        self.run.fault("out-of-bounds", f"{action_of(access)} {sentence}", access, self.name, index)

    def _unwritten(self, position: int, access: Access) -> Any:
        index = self.index(position)
        sentence = f"read {name_of_index(self.title, index)} before anything was written there"
        self.run.fault("uninitialised-read", sentence, access, self.name, index)
        return unwritten_value(self.dtype)

    def _begun(self) -> _History:
        self._history = _History(self)
        return self._history


class _History:
    """What iterations did to the cells of an array that another made, in the loop that is running."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._run = memory.run
        # The first access of either kind to each cell; older than the loop, or 0, where there was none.
        self._readers: list[Access] = [0] * len(memory.values)
        self._writers: list[Access] = [0] * len(memory.values)
        # By cell, the loop in which different values were written to it.
        self._differing: dict[int, Access] = {}
        self._reported: set[tuple[str, int]] = set()

    def read(self, position: int, access: Access) -> None:
        """The running iteration reads a cell."""
        floor = self._run.floor
        self._check_maker(access)
        if self._writers[position] >= floor:
            self._check("race", position, self._writers[position], access)
        if self._readers[position] < floor:
            self._readers[position] = access

    def written(self, position: int, before: Any, value: Any, access: Access) -> None:
        """The running iteration writes ``value`` to a cell, where ``before`` stands."""
        floor = self._run.floor
        self._check_maker(access)
        if self._readers[position] >= floor:
            self._check("race", position, self._readers[position], access)
        if self._writers[position] < floor:
            self._writers[position] = access
            return
        if not (before == value or (before != before and value != value)):
            self._differing[position] = floor
        kind = "race" if self._differing.get(position) == floor else "same-value-writes"
        self._check(kind, position, self._writers[position], access)

    def _check(self, kind: str, position: int, earlier: Access, access: Access) -> None:
        """Report it if the earlier access was another iteration's."""
        if (earlier ^ access) & _WHO and (kind, position) not in self._reported:
            self._reported.add((kind, position))
            self._run.conflict(kind, self._memory, position, earlier, access)

    def _check_maker(self, access: Access) -> None:
        """Report it if the array was made in this loop, by another iteration."""
        if self._memory.made >= self._run.floor and ("borrowed", 0) not in self._reported:
            self._reported.add(("borrowed", 0))
            self._run.borrowed(self._memory, access)


def plain(value: Any, dtype: np.dtype[Any]) -> Any:
    """``value`` as an element of this type: a Python number where that computes alike, and is quicker."""
    element = cast(value, dtype)
    return element.item() if _KEPT[dtype][0] in (bool, int, float) else element


def unwritten_value(dtype: np.dtype[Any]) -> Any:
    """What is read where nothing was written, or outside."""
    return plain(poison(dtype), dtype)


class _Kept(dict[np.dtype[Any], tuple[Any, float, float]]):
    """For each element type, the type of the values that are kept, and between which bounds they need no conversion."""

    def __missing__(self, dtype: np.dtype[Any]) -> tuple[Any, float, float]:
        if dtype.kind in "iu":
            kept: tuple[Any, float, float] = (int, int(np.iinfo(dtype).min), int(np.iinfo(dtype).max))
        elif dtype.kind == "b":
            kept = (bool, 0, 1)
        else:
            kept = (float if dtype == np.float64 else dtype.type, -inf, inf)
        self[dtype] = kept
        return kept


_KEPT = _Kept()
