"""Memory for the precise pass: it decides what a suspicious access was, and remembers who did what.

For every cell it keeps the last plain write, the reads since that write, and the atomic operations; each with its
thread, its time (see ``order``) and its place in the code. Decoding that place into a line is put off until somebody
asks.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from minigrad.simulator.arrays import (
    Geometry,
    KernelArray,
    OutOfBounds,
    Shape,
    cast,
    index_of_cell,
    locate,
    poison,
    row_major,
)
from minigrad.simulator.faults import name_of_index
from minigrad.simulator.order import Block, Knowledge, Thread, is_ordered, merge

Access = tuple[Thread, int, CodeType, int]
"""Thread, time, code, and position in that code: who, when, where."""

READERS_KEPT = 4096
"""Reads of one cell that are kept apart; beyond it new ones are not, so that memory stays bounded."""

_VISIBLE = ("global", "shared")  # to more than one thread


class Recorder(Protocol):
    """What cells need of the run that they belong to."""

    thread: Thread
    time: int
    log: list[tuple[Any, ...]] | None

    def fault(self, kind: str, sentence: str, access: Access, action: str, array: str, index: Shape | None) -> None:
        """Collect a fault of one thread; ``sentence`` goes on after the thread's name."""

    def conflict(
        self, kind: str, cells: Cells, position: int, one: tuple[Access, str], two: tuple[Access, str]
    ) -> None:
        """Collect a fault or note of two threads on one cell."""

    def log_full(self) -> None:
        """Raise if the log has grown beyond its limit."""


class Cells:
    """The memory behind an array.

    ``space`` is ``"global"``, ``"shared"`` or ``"local"``; or ``"nowhere"`` for a row that lies outside its array.
    """

    __slots__ = (
        "atomics",
        "dtype",
        "name",
        "noted",
        "raced",
        "readers",
        "released",
        "run",
        "shape",
        "space",
        "values",
        "writer",
    )

    def __init__(
        self, run: Recorder, values: list[Any], dtype: np.dtype[Any], shape: Shape, name: str, space: str
    ) -> None:
        self.run = run
        self.values = values  # None where nothing was written
        self.dtype = dtype
        self.shape = shape
        self.name = name
        self.space = space
        self.writer: list[Access | None] = [None] * len(values)
        self.readers: list[Access | dict[Thread, Access] | None] = [None] * len(values)
        self.atomics: dict[int, dict[Thread, Access]] = {}
        self.released: dict[int, dict[Block | None, Knowledge]] = {}  # by scope; None is the whole device
        self.raced: set[int] = set()
        self.noted: set[int] = set()

    @property
    def title(self) -> str:
        """Its name, or what it is if it has none."""
        return self.name or f"a {self.space} array"

    def load(self, position: int, frame: FrameType) -> Any:
        """A plain read."""
        run = self.run
        thread = run.thread
        access = (thread, run.time, frame.f_code, frame.f_lasti)
        value = self.values[position]
        if value is None:
            self._unwritten(position, access)
            value = poison(self.dtype)
        elif self.space in _VISIBLE:
            writer = self.writer[position]
            if writer is not None and writer[0] is not thread and not is_ordered(writer[0], writer[1], thread):
                self._race(position, (writer, "wrote"), (access, "read"))
            if position in self.atomics:
                self._against(self.atomics[position].values(), "updated", position, (access, "read"))
        if self.space in _VISIBLE:
            self._remember_reader(position, access)
        if run.log is not None and self.space != "nowhere":
            run.log.append(("read", self, position, value, *access))
            run.log_full()
        return value

    def store(self, position: int, value: Any, frame: FrameType) -> None:
        """A plain write."""
        run = self.run
        thread = run.thread
        access = (thread, run.time, frame.f_code, frame.f_lasti)
        value = cast(value, self.dtype)
        if self.space in _VISIBLE:
            self._check_write(position, value, access)
            self.writer[position] = access
            self.readers[position] = None
        self.values[position] = value
        if run.log is not None and self.space != "nowhere":
            run.log.append(("write", self, position, value, *access))
            run.log_full()

    def update(self, position: int, change: Callable[[Any], Any], frame: FrameType) -> Any:
        """An atomic read-modify-write; ``change`` maps the old value to the new, None leaves it. Returns the old."""
        run = self.run
        thread = run.thread
        access = (thread, run.time, frame.f_code, frame.f_lasti)
        old = self.values[position]
        if old is None:
            self._unwritten(position, access)
            old = poison(self.dtype)
        writer = self.writer[position]
        mine = (access, "updated")
        if writer is not None and writer[0] is not thread and not is_ordered(writer[0], writer[1], thread):
            self._race(position, (writer, "wrote"), mine)
        self._against(self._readers_of(position), "read", position, mine)
        self._hand_on(position, thread)
        self.atomics.setdefault(position, {})[thread] = access
        new = change(old)
        if new is not None:
            self.values[position] = cast(new, self.dtype)
        elif self.values[position] is None:
            self.values[position] = old
        if run.log is not None:
            run.log.append(("atomic", self, position, self.values[position], *access))
            run.log_full()
        return old

    def outside(self, index: Shape, action: str, frame: FrameType) -> None:
        """Somebody used an index that is no element."""
        run = self.run
        access = (run.thread, run.time, frame.f_code, frame.f_lasti)
        if len(self.shape) == 1:
            count = self.shape[0]
            extent = f"has {count} element{'' if count == 1 else 's'}"
        else:
            extent = f"is {' x '.join(map(str, self.shape))}"
        where = name_of_index(self.title, index)
        run.fault("out-of-bounds", f"{action} {where}; {self.title} {extent}", access, action, self.name, index)

    def _unwritten(self, position: int, access: Access) -> None:
        index = index_of_cell(position, self.shape)
        sentence = f"read {name_of_index(self.title, index)} before any thread wrote it"
        self.run.fault("uninitialised-read", sentence, access, "read", self.name, index)

    def _check_write(self, position: int, value: Any, access: Access) -> None:
        thread = access[0]
        mine = (access, "wrote")
        writer = self.writer[position]
        if writer is not None and writer[0] is not thread and not is_ordered(writer[0], writer[1], thread):
            old = self.values[position]
            if position not in self.atomics and (old == value or (old != old and value != value)):
                if position not in self.noted:
                    self.noted.add(position)
                    self.run.conflict("same-value-writes", self, position, (writer, "wrote"), mine)
            else:
                self._race(position, (writer, "wrote"), mine)
        if self.readers[position] is not None:
            self._against(self._readers_of(position), "read", position, mine)
        if position in self.atomics:
            self._against(self.atomics[position].values(), "updated", position, mine)
            del self.atomics[position]

    def _against(self, others: Any, action: str, position: int, mine: tuple[Access, str]) -> None:
        thread = mine[0][0]
        for other in others:
            if other[0] is not thread and not is_ordered(other[0], other[1], thread):
                self._race(position, (other, action), mine)
                return

    def _race(self, position: int, one: tuple[Access, str], two: tuple[Access, str]) -> None:
        if position not in self.raced:
            self.raced.add(position)
            self.run.conflict("race", self, position, one, two)

    def _readers_of(self, position: int) -> Any:
        readers = self.readers[position]
        if readers is None:
            return ()
        return readers.values() if isinstance(readers, dict) else (readers,)

    def _remember_reader(self, position: int, access: Access) -> None:
        thread = access[0]
        readers = self.readers[position]
        if readers is None:
            self.readers[position] = access
        elif isinstance(readers, dict):
            if len(readers) < READERS_KEPT or thread in readers:
                readers[thread] = access
        elif is_ordered(readers[0], readers[1], thread):
            self.readers[position] = access
        else:
            self.readers[position] = {readers[0]: readers, thread: access}

    def _hand_on(self, position: int, thread: Thread) -> None:
        """Fence, then atomic, then another thread's atomic on that cell: learn what was released, release one's own."""
        released = self.released.get(position)
        if released is not None:
            if thread.knows is None:
                thread.knows = {}
            merge(thread.knows, released.get(None, {}))
            merge(thread.knows, released.get(thread.block, {}))
        if thread.fences is not None:
            released = self.released.setdefault(position, {})
            for device, known in thread.fences.items():
                merge(released.setdefault(None if device else thread.block, {}), known)


class PreciseArray(KernelArray):
    """A view of checked cells, as the kernel sees it."""

    __slots__ = ("cells",)

    def __init__(self, cells: Cells, geometry: Geometry) -> None:
        self.cells = cells
        self.geometry = geometry
        self.shape = geometry.shape
        self.dtype = cells.dtype

    @property
    def name(self) -> str:  # type: ignore[override]
        """The name of the cells behind it."""
        return self.cells.name

    def __getitem__(self, index: Any) -> Any:
        frame = sys._getframe(1)
        try:
            found = locate(self.geometry, index)
        except OutOfBounds as outside:
            self.cells.outside(self._in_whole(outside), "read", frame)
            return poison(self.dtype) if outside.view_shape is None else self._nowhere(outside.view_shape)
        if type(found) is int:
            return self.cells.load(found, frame)
        return self.view(found)  # type: ignore[arg-type]

    def __setitem__(self, index: Any, value: Any) -> None:
        self.store(index, value, sys._getframe(1))

    def store(self, index: Any, value: Any, frame: FrameType) -> None:
        """Write one cell, or every cell of a slice."""
        try:
            found = locate(self.geometry, index)
        except OutOfBounds as outside:
            self.cells.outside(self._in_whole(outside), "wrote", frame)
            return
        if type(found) is int:
            self.cells.store(found, value, frame)
            return
        view = self.view(found)  # type: ignore[arg-type]
        for each in np.ndindex(view.shape):
            part = value[each] if isinstance(value, KernelArray | np.ndarray) else value
            view.store(each, part, frame)

    def update(self, index: Any, change: Callable[[Any], Any], frame: FrameType) -> Any:
        """An atomic on one element; returns the old value."""
        try:
            found = locate(self.geometry, index)
        except OutOfBounds as outside:
            self.cells.outside(self._in_whole(outside), "updated", frame)
            return poison(self.dtype)
        if not isinstance(found, int):
            raise TypeError("an atomic works on one element: give an index for each dimension")
        return self.cells.update(found, change, frame)

    def view(self, geometry: Geometry) -> PreciseArray:
        return PreciseArray(self.cells, geometry)

    def _in_whole(self, outside: OutOfBounds) -> Shape:
        return self.geometry.index_in_whole(outside.index)

    def _nowhere(self, shape: Shape) -> PreciseArray:
        """A row of memory that does not exist, so that execution can go on."""
        geometry = row_major(shape)
        values = [poison(self.dtype)] * int(np.prod(shape))
        return PreciseArray(Cells(self.cells.run, values, self.dtype, shape, self.name, "nowhere"), geometry)


def precise_array(run: Recorder, array: npt.NDArray[Any], name: str, *, written: bool) -> PreciseArray:
    """What stands for an argument: its values are copied; where ``written`` is False they may not be read."""
    values = list(array.reshape(-1)) if written else [None] * array.size
    cells = Cells(run, values, array.dtype, array.shape, name, "global")
    return PreciseArray(cells, row_major(array.shape))
