"""Memory for a parallel loop on the processor: who may touch what, and which two iterations race.

Order is simple here. All that came before the loop is ordered before each iteration, the end of the loop orders all
of them before what follows, and between two iterations of one loop there is no order at all. So of each cell it is
enough to know, for the loop that is running: who wrote it first and one other iteration that did, who read it and one
other, and whether all that was written was one and the same value.
"""

from __future__ import annotations

from types import FrameType
from typing import Any, Protocol

import numpy as np

from minigrad.simulator.access import PLACE_SHIFT, WHO_SHIFT, WROTE, Access
from minigrad.simulator.arrays import Shape, cast, index_of_cell, poison
from minigrad.simulator.faults import beyond, name_of_index
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

    def record(self, verb: str, memory: Memory, position: int, value: Any, access: Access) -> None:
        """Write an access down for the trace."""


class Memory:
    """The cells behind an array. ``values`` has None where nothing was written yet.

    ``space`` is ``"global"`` for an argument that is a storage, ``"local"`` for an array that the kernel makes, and
    ``"fixed"`` for shapes, strides and whatever else can only be read. ``maker`` is the iteration that made it.
    """

    __slots__ = (
        "changed",
        "differing",
        "dtype",
        "kept_as",
        "maker",
        "name",
        "other_readers",
        "other_writers",
        "readers",
        "reported",
        "run",
        "shape",
        "space",
        "values",
        "writers",
    )

    def __init__(
        self, run: Iterations, values: list[Any], dtype: np.dtype[Any], shape: Shape, name: str, space: str
    ) -> None:
        self.run = run
        self.values = values
        self.dtype = dtype
        self.kept_as = float if dtype == np.float64 else None  # the type of values that need no conversion
        self.shape = shape
        self.name = name
        self.space = space
        self.maker = run.stamp if space == "local" else 0
        self.changed = False
        # One for each cell, or none at all as long as nobody is to be remembered:
        self.writers: list[Access] = []
        self.readers: list[Access] = []
        # By cell, where there is any:
        self.other_writers: dict[int, Access] = {}
        self.other_readers: dict[int, Access] = {}
        self.differing: dict[int, Access] = {}
        self.reported: set[tuple[str, int]] = set()

    @property
    def title(self) -> str:
        """Its name, or what it is if it has none."""
        return self.name or f"a {self.space} array"

    @property
    def is_private(self) -> bool:
        """Whether the running iteration made it, so that nobody else can have touched it."""
        return (self.maker ^ self.run.stamp) & _WHO == 0 and self.maker != 0

    def load(self, position: int, frame: FrameType) -> Any:
        """Read a cell."""
        run = self.run
        value = self.values[position]
        if self.space == "fixed":
            return value
        access = run.stamp | run.places.number(frame) << PLACE_SHIFT
        if value is None:
            value = self._unwritten(position, access)
        if run.who and not self.is_private:
            self._read(position, access)
        if run.log is not None:
            run.record("read", self, position, value, access)
        return value

    def store(self, position: int, value: Any, frame: FrameType) -> None:
        """Write a cell."""
        if self.space == "fixed":
            where = name_of_index(self.title, self.index(position))
            raise TypeError(f"{where} is written, and {self.title} is only to be read")
        run = self.run
        access = run.stamp | run.places.number(frame) << PLACE_SHIFT | WROTE
        if type(value) is not self.kept_as:
            value = plain(value, self.dtype)
        if run.who and not self.is_private:
            self._written(position, value, access)
        self.values[position] = value
        self.changed = True
        if run.log is not None:
            run.record("write", self, position, value, access)

    def index(self, position: int) -> Shape:
        """The index of a cell."""
        return index_of_cell(position, self.shape)

    def outside(self, index: Shape, action: int, frame: FrameType) -> None:
        """Somebody used an index that is no element."""
        if self.space == "fixed":
            raise IndexError(f"there is no {beyond(self.title, index, self.shape)}")
        access = self.run.stamp | self.run.places.number(frame) << PLACE_SHIFT | action
        verb = "wrote" if action == WROTE else "read"
        self.run.fault("out-of-bounds", f"{verb} {beyond(self.title, index, self.shape)}", access, self.name, index)

    def _unwritten(self, position: int, access: Access) -> Any:
        index = self.index(position)
        sentence = f"read {name_of_index(self.title, index)} before anything was written there"
        self.run.fault("uninitialised-read", sentence, access, self.name, index)
        return unwritten_value(self.dtype)

    def _read(self, position: int, access: Access) -> None:
        floor = self.run.floor
        if self.writers and self.writers[position] >= floor:
            self._check(position, access, self.writers[position], self.other_writers)
        if not self.readers:
            self.readers = [0] * len(self.values)
        first = self.readers[position]
        if first < floor:
            self.readers[position] = access
        elif (first ^ access) & _WHO:
            self.other_readers[position] = access

    def _written(self, position: int, value: Any, access: Access) -> None:
        floor = self.run.floor
        if self.readers and self.readers[position] >= floor:
            self._check(position, access, self.readers[position], self.other_readers)
        if not self.writers:
            self.writers = [0] * len(self.values)
        first = self.writers[position]
        if first < floor:
            self.writers[position] = access
            return
        stands = self.values[position]
        if not (stands == value or (stands != stands and value != value)):
            self.differing[position] = floor
        kind = "race" if self.differing.get(position) == floor else "same-value-writes"
        self._check(position, access, first, self.other_writers, kind)
        if (first ^ access) & _WHO:
            self.other_writers[position] = access

    def _check(
        self, position: int, access: Access, first: Access, others: dict[int, Access], kind: str = "race"
    ) -> None:
        """Report it if the first of them, or the other one, is another iteration's."""
        if (first ^ access) & _WHO == 0:
            first = others.get(position, 0)
            if first < self.run.floor or (first ^ access) & _WHO == 0:
                return
        if (kind, position) not in self.reported:
            self.reported.add((kind, position))
            self.run.conflict(kind, self, position, first, access)


def plain(value: Any, dtype: np.dtype[Any]) -> Any:
    """``value`` as an element of this type: a Python number where that computes alike, and is quicker."""
    number = cast(value, dtype)
    return number.item() if dtype.kind in "biu" or dtype == np.float64 else number


def unwritten_value(dtype: np.dtype[Any]) -> Any:
    """What is read where nothing was written, or outside."""
    return plain(poison(dtype), dtype)
