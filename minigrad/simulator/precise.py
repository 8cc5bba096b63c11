"""Memory for the precise pass: it decides what a suspicious access was, and remembers who did what.

For every cell it keeps those of the latest accesses that a later one may still have to be compared with; each is one
integer (see ``access``). What happens before an access that is kept need not be kept itself: whatever is ordered after
the one is ordered after the other. The exception is a write of the value that stands there already, which only makes a
note: behind it, older accesses have to be remembered that would make a race.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from operator import index as as_index
from types import FrameType
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from minigrad.simulator.access import READ, UPDATED, WROTE, Access, action_of, who_of
from minigrad.simulator.arrays import (
    Geometry,
    KernelArray,
    OutOfBounds,
    Shape,
    cast,
    cells_to_store,
    index_of_cell,
    locate,
    poison,
    row_major,
)
from minigrad.simulator.faults import name_of_index
from minigrad.simulator.order import Fenced, Thread, hand_on, is_ordered
from minigrad.simulator.reserved import Hole

Kept = Access | tuple[Access, Access] | dict[int, Access] | None
"""No access, one, two by different threads, or one for each of several threads."""

_THE_REST = -1
"""Stands in a dictionary for all threads for which there was no more room."""


class Room:
    """So many accesses may be kept in dictionaries, over all cells that share the room.

    A cell that finds it full keeps the first access and the latest. That is enough where barriers are all that orders
    threads; only in a launch that is both very large and intricate may a race be missed.
    """

    __slots__ = ("left", "size")

    def __init__(self, size: int) -> None:
        self.size = self.left = size


class Recorder(Protocol):
    """What cells need of the run that they belong to."""

    thread: Thread
    log: list[tuple[Any, ...]] | None

    def access(self, frame: FrameType, action: int) -> Access:
        """What the running thread does now, at this frame's place in the code."""

    def fault(self, kind: str, sentence: str, access: Access, array: str = "", index: Shape | None = None) -> None:
        """Collect a fault of one thread; ``sentence`` goes on after the thread's name."""

    def conflict(self, kind: str, cells: Cells, position: int, earlier: Access, access: Access) -> None:
        """Collect a fault or note of two threads on one cell."""

    def record(self, verb: str, cells: Cells | None, position: int, value: Any, access: Access) -> None:
        """Write an access down for the trace."""


class Cells:
    """The memory behind an array; ``space`` is ``"global"``, ``"shared"`` or ``"local"``."""

    __slots__ = (
        "atomics",
        "before",
        "dtype",
        "initial",
        "is_local",
        "name",
        "noted",
        "raced",
        "readers",
        "released",
        "room",
        "run",
        "shape",
        "space",
        "values",
        "writers",
    )

    def __init__(
        self,
        run: Recorder,
        values: list[Any],
        dtype: np.dtype[Any],
        shape: Shape,
        name: str,
        space: str,
        room: Room | None = None,
        initial: npt.NDArray[Any] | None = None,
    ) -> None:
        self.run = run
        self.values = values  # None where nothing was written, unless
        self.initial = initial  # says what stood there before, one after another
        self.dtype = dtype
        self.shape = shape
        self.name = name
        self.space = space
        self.room = room or Room(0)
        self.is_local = space == "local"
        # One for each cell, or none at all as long as they would all be nobody:
        self.writers: list[Kept] = []  # of the value that stands there
        self.readers: list[Kept] = []  # since it was written
        self.atomics: list[Kept] = []  # since then, too
        self.before: list[Kept] = []  # whoever did anything before the first of the writers
        self.released: dict[int, Fenced] = {}
        self.raced: set[int] = set()
        self.noted: set[int] = set()

    @property
    def changed(self) -> bool:
        """Whether anybody has written or updated any of them."""
        return any(access is not None for kept in (self.writers, self.atomics) for access in kept)

    @property
    def title(self) -> str:
        """Its name, or what it is if it has none."""
        return self.name or f"a {self.space} array"

    def load(self, position: int, frame: FrameType, *, in_passing: bool = False) -> Any:
        """A plain read; only ``in_passing`` if it does not matter unless what is found there is used."""
        run = self.run
        access = run.access(frame, READ)
        value = self.values[position]
        if value is None:
            if in_passing and self.initial is None:
                return Hole(partial(self._initial, position, access))
            value = self._initial(position, access)
        if not self.is_local:
            if self.writers:
                self._check(position, access, self.writers[position])
            if self.atomics:
                self._check(position, access, self.atomics[position])
            if not self.readers:
                self.readers = [None] * len(self.values)
            self.readers[position] = self._with(self.readers[position], access)
        if run.log is not None:
            run.record("read", self, position, value, access)
        return value

    def store(self, position: int, value: Any, frame: FrameType) -> None:
        """A plain write."""
        run = self.run
        access = run.access(frame, WROTE)
        value = cast(value, self.dtype)
        if not self.is_local:
            self._written(position, value, access)
        self.values[position] = value
        if run.log is not None:
            run.record("write", self, position, value, access)

    def update(self, position: int, change: Callable[[Any], Any], frame: FrameType) -> Any:
        """An atomic read-modify-write; ``change`` maps the old value to the new, None leaves it. Returns the old."""
        run = self.run
        access = run.access(frame, UPDATED)
        old = self.values[position]
        if old is None:
            old = self._initial(position, access)
        if not self.is_local:
            thread, released = run.thread, self.released.get(position)
            if released or thread.fenced or thread.block.fenced:
                self.released[position] = hand_on(released or {}, thread)
            if self.writers:
                self._check(position, access, self.writers[position])
            if self.readers:
                self._check(position, access, self.readers[position])
            if not self.atomics:
                self.atomics = [None] * len(self.values)
            self.atomics[position] = access  # it comes after the earlier ones, and so does whatever comes after it
        new = change(old)
        self.values[position] = old if new is None else cast(new, self.dtype)
        if run.log is not None:
            run.record("atomic", self, position, self.values[position], access)
        return old

    def outside(self, index: Shape, access: Access) -> None:
        """Somebody used an index that is no element."""
        if len(self.shape) == 1:
            count = self.shape[0]
            extent = f"has {count} element{'' if count == 1 else 's'}"
        else:
            extent = f"is {' x '.join(map(str, self.shape))}"
        sentence = f"{action_of(access)} {name_of_index(self.title, index)}; {self.title} {extent}"
        self.run.fault("out-of-bounds", sentence, access, self.name, index)

    def _initial(self, position: int, access: Access) -> Any:
        """What is read where nobody has written."""
        if self.initial is not None:
            value = self.initial[position]
            if self.run.log is not None:
                self.values[position] = value  # one object for all that is recorded of it
            return value
        index = index_of_cell(position, self.shape)
        sentence = f"read {name_of_index(self.title, index)} before any thread wrote it"
        self.run.fault("uninitialised-read", sentence, access, self.name, index)
        return poison(self.dtype)

    def _written(self, position: int, value: Any, access: Access) -> None:
        """Compare a plain write with what came before, and remember it."""
        if not self.writers:
            self.writers = [None] * len(self.values)
        writers = self.writers[position]
        readers = self.readers[position] if self.readers else None
        atomics = self.atomics[position] if self.atomics else None
        before = self.before[position] if self.before else None
        old = self.values[position]
        same = writers is not None and atomics is None and (old == value or (old != old and value != value))
        self._check(position, access, atomics)
        self._check(position, access, writers, race=not same)
        self._check(position, access, readers)
        past = self._all_of(readers, atomics)
        if same:
            self._check(position, access, before)
            past = self._all_of(before, past)
            self.writers[position] = self._with(writers, access)
        else:
            if isinstance(before, dict):
                self.room.left += len(before)
            past = self._all_of(writers, past)
            self.writers[position] = access
        if past is not None and not self.before:
            self.before = [None] * len(self.values)
        if self.before:
            self.before[position] = past
        if readers is not None:
            self.readers[position] = None
        if atomics is not None:
            self.atomics[position] = None

    def _check(self, position: int, access: Access, kept: Kept, *, race: bool = True) -> None:
        """Report the first of these earlier accesses that nothing orders before this one."""
        if kept is None:
            return
        now = self.run.thread
        for earlier in (kept,) if isinstance(kept, int) else kept.values() if isinstance(kept, dict) else kept:
            if not is_ordered(earlier, now):
                kind, reported = ("race", self.raced) if race else ("same-value-writes", self.noted)
                if position not in reported:
                    reported.add(position)
                    self.run.conflict(kind, self, position, earlier, access)
                return

    def _with(self, kept: Kept, access: Access) -> Kept:
        """These accesses and one more, by the running thread."""
        now, room = self.run.thread, self.room
        if kept is None:
            return access
        if isinstance(kept, int):
            return access if is_ordered(kept, now) else (kept, access)
        if isinstance(kept, tuple):
            one, other = kept
            if who_of(one) == now.who:
                return other, access
            if who_of(other) == now.who or room.left < 3:
                return one, access
            kept = _by_thread(kept)
            room.left -= 2
        if now.who not in kept:
            room.left -= 1
        kept[now.who if room.left >= 0 else _THE_REST] = access
        room.left = max(room.left, 0)
        return kept

    def _all_of(self, one: Kept, other: Kept) -> Kept:
        """The accesses of both, of each thread the later one, in place of the two."""
        if one is None or other is None:
            return other if one is None else one
        both = dict(_by_thread(one))
        for who, access in _by_thread(other).items():
            both[who] = max(access, both.get(who, access))
        self.room.left += sum(len(kept) for kept in (one, other) if isinstance(kept, dict))
        if len(both) == 1:
            return both.popitem()[1]
        if len(both) == 2 or len(both) > self.room.left:
            accesses = list(both.values())
            return accesses[0], accesses[-1]
        self.room.left -= len(both)
        return both


def _by_thread(kept: Kept) -> dict[int, Access]:
    if isinstance(kept, dict):
        return kept
    return {who_of(each): each for each in (() if kept is None else (kept,) if isinstance(kept, int) else kept)}


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
        return self.load(index, sys._getframe(1))

    def __setitem__(self, index: Any, value: Any) -> None:
        self.store(index, value, sys._getframe(1))

    def __iter__(self) -> Iterator[Any]:
        for i in range(len(self)):
            yield self.load(i, sys._getframe(1), in_passing=True)  # zip takes one more than it hands on

    def load(self, index: Any, frame: FrameType, *, in_passing: bool = False) -> Any:
        """Read one cell, or make a view; see :meth:`Cells.load`."""
        found = self._locate(index, READ, frame)
        if type(found) is int:
            return self.cells.load(found, frame, in_passing=in_passing)
        return poison(self.dtype) if found is None else found

    def store(self, index: Any, value: Any, frame: FrameType) -> None:
        """Write one cell, or every cell of a view."""
        found = self._locate(index, WROTE, frame)
        if type(found) is int:
            self.cells.store(found, value, frame)
        elif found is not None:
            for each in cells_to_store(found.shape, value):
                part = _part(value, each, frame)
                found.store(each, part, frame)

    def update(self, index: Any, change: Callable[[Any], Any], frame: FrameType) -> Any:
        """An atomic on one element; returns the old value."""
        found = self._locate(index, UPDATED, frame)
        if type(found) is int:
            return self.cells.update(found, change, frame)
        if found is None:
            return poison(self.dtype)
        raise TypeError("an atomic works on one element: give an index for each dimension")

    def view(self, geometry: Geometry) -> PreciseArray:
        return PreciseArray(self.cells, geometry)

    def _locate(self, index: Any, action: int, frame: FrameType) -> Any:
        """The cell, a view, or None for an element that lies outside, which has then been reported."""
        try:
            found = locate(self.geometry, index)
        except OutOfBounds as outside:
            if outside.view is not None:
                return Outside(self.cells, outside.view)
            whole = self.geometry.index_in_whole(outside.index)
            self.cells.outside(whole, self.cells.run.access(frame, action))
            return None
        return found if type(found) is int else self.view(found)  # type: ignore[arg-type]


class Outside(PreciseArray):
    """A view that lies outside its array, such as a row below the last. It is no fault until an element is used."""

    __slots__ = ()

    def view(self, geometry: Geometry) -> PreciseArray:
        return Outside(self.cells, geometry)

    def _locate(self, index: Any, action: int, frame: FrameType) -> Any:
        found = super()._locate(index, action, frame)
        if type(found) is not int:
            return found
        parts = index if isinstance(index, tuple) else (index,)
        whole = self.geometry.index_in_whole(tuple(as_index(part) for part in parts))
        self.cells.outside(whole, self.cells.run.access(frame, action))
        return None


def _part(value: Any, index: Shape, frame: FrameType) -> Any:
    if isinstance(value, PreciseArray):
        return value.load(index, frame)
    return value[index] if isinstance(value, KernelArray) else value


def precise_array(run: Recorder, array: npt.NDArray[Any], name: str, room: Room, *, written: bool) -> PreciseArray:
    """What stands for an argument: its values are copied; where ``written`` is False they may not be read."""
    initial = array.flatten() if written else None
    cells = Cells(run, [None] * array.size, array.dtype, array.shape, name, "global", room, initial)
    return PreciseArray(cells, row_major(array.shape))
