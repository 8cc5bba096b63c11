"""What a launch leaves behind: its faults, every access in order, and what they add up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from minigrad.simulator.access import THREAD_BITS_IN_BLOCK, time_of, where_of, who_of
from minigrad.simulator.arrays import index_of_cell
from minigrad.simulator.errors import Dim3, SimulatorError
from minigrad.simulator.faults import Fault
from minigrad.simulator.findings import position_of
from minigrad.simulator.paths import Ways
from minigrad.simulator.profile import ATOMIC, BARRIER, GLOBAL, READ, SHARED, WRITE, Log, Profile, profile_of
from minigrad.simulator.source import Places, line_of

Count = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Event:
    """One access to memory, or one thread's arrival at a barrier.

    ``verb`` is ``"read"``, ``"write"``, ``"atomic"`` or ``"barrier"``; ``space`` is ``"global"``, ``"shared"`` or
    ``"local"`` ("" for a barrier). ``value`` is what was read, or what stood there afterwards. ``line`` counts from 1.
    ``interval`` goes up by one or more whenever threads wait for one another.
    """

    verb: str
    array: str
    space: str
    index: tuple[int, ...] | None
    value: Any
    block: Dim3
    thread: Dim3
    line: int | None
    interval: int


@dataclass(frozen=True)
class Counters:
    """What each thread did: arrays of shape (blocks, threads of a block), both numbered x fastest.

    Reads and writes are in elements. ``sectors_read`` and ``sectors_written`` count, for the whole launch, the 32-byte
    pieces of global memory that each warp's accesses touch: 4 for a warp that reads 32 neighbouring float32, 32 for one
    that reads 32 elements far apart. Arrays are taken to begin at a sector's edge. ``bank_conflicts`` counts the passes
    that the warps' accesses to shared memory take beyond their first, and ``divergent_branches`` how often the lanes of
    a warp part at a branch, both for the whole launch; ``profile`` and ``paths`` have the rules. Where an array ends
    within a warp, its guard makes one divergent branch that no kernel can do without.
    """

    global_reads: Count
    global_writes: Count
    global_atomics: Count
    shared_reads: Count
    shared_writes: Count
    shared_atomics: Count
    barriers: Count
    sectors_read: int
    sectors_written: int
    bank_conflicts: int
    divergent_branches: int

    @property
    def sectors(self) -> int:
        """Sectors read and written together."""
        return self.sectors_read + self.sectors_written


class Trace:
    """The outcome of a launch.

    ``faults`` and ``notes`` are kept up to a bound; ``fault_count`` counts them all. ``fault_events`` has for each of
    the faults how many events had been recorded when it was found: the access itself comes next, if there was one.
    ``complete`` is False where the launch had to be given up (a hang, or an invalid launch). ``unwritten`` has, for
    each output that arrived holding nothing, the elements that still do. ``events``, ``counters`` and ``profile`` are
    there when the launch was recorded.
    """

    def __init__(
        self,
        *,
        grid: Dim3,
        block: Dim3,
        faults: tuple[Fault, ...],
        notes: tuple[Fault, ...],
        fault_count: int,
        complete: bool,
        unwritten: Mapping[str, tuple[tuple[int, ...], ...]],
        log: list[tuple[Any, ...]] | None,
        fault_events: tuple[int, ...] = (),
        places: Places | None = None,
        ways: Ways | None = None,
        divergent: Mapping[tuple[str, int], int] | None = None,
    ) -> None:
        self.grid = grid
        self.block = block
        self.faults = faults
        self.notes = notes
        self.fault_count = fault_count
        self.fault_events = fault_events
        self.complete = complete
        self.unwritten = unwritten
        self._log = log
        self._places = places or Places()
        self._ways = ways or Ways()
        self._divergent = divergent or {}

    @property
    def recorded(self) -> bool:
        """Whether the accesses were kept."""
        return self._log is not None

    def _entries(self) -> list[tuple[Any, ...]]:
        if self._log is None:
            raise SimulatorError("this launch was not recorded; launch it with record=True")
        return self._log

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """Every access and every arrival at a barrier, in the order in which they happened."""
        return tuple(map(self._event, self._entries()))

    def _event(self, entry: tuple[Any, ...]) -> Event:
        verb, cells, position, value, access = entry
        block, thread = position_of(who_of(access), self.grid, self.block)
        line = line_of(*self._places.code_and_position(where_of(access)))
        if cells is None:
            return Event(verb, "", "", None, value, block, thread, line, time_of(access))
        index = index_of_cell(position, cells.shape)
        return Event(verb, cells.name, cells.space, index, value, block, thread, line, time_of(access))

    @cached_property
    def accesses(self) -> tuple[Event, ...]:
        """The events that touch memory."""
        return tuple(event for event in self.events if event.verb != "barrier")

    @cached_property
    def shapes(self) -> Mapping[str, tuple[int, ...]]:
        """The shape of each array that an access touched, by name: arguments, shared and local arrays.

        A name that stands for several arrays, as of functions that have a local array each, has the last one's shape.
        """
        return {cells.name: tuple(cells.shape) for _, cells, *_ in self._entries() if cells is not None}

    @cached_property
    def counters(self) -> Counters:
        """What each thread did, counted."""
        log, total = self._columns, self.profile.total
        blocks = self.grid[0] * self.grid[1] * self.grid[2]
        threads = self.block[0] * self.block[1] * self.block[2]
        block, thread = np.divmod(log.who, 1 << THREAD_BITS_IN_BLOCK)
        cell = block * threads + thread

        def counted(rows: npt.NDArray[np.bool_]) -> Count:
            return np.bincount(cell[rows], minlength=blocks * threads).reshape(blocks, threads)

        return Counters(
            global_reads=counted(log.is_access(GLOBAL, READ)),
            global_writes=counted(log.is_access(GLOBAL, WRITE)),
            global_atomics=counted(log.is_access(GLOBAL, ATOMIC)),
            shared_reads=counted(log.is_access(SHARED, READ)),
            shared_writes=counted(log.is_access(SHARED, WRITE)),
            shared_atomics=counted(log.is_access(SHARED, ATOMIC)),
            barriers=counted(log.verb == BARRIER),
            sectors_read=total.sectors_read,
            sectors_written=total.sectors_written,
            bank_conflicts=total.bank_conflicts,
            divergent_branches=total.divergent_branches,
        )

    @cached_property
    def profile(self) -> Profile:
        """What the launch did, by line of source."""
        return profile_of(self._columns, self._divergent)

    @cached_property
    def _columns(self) -> Log:
        return Log(self._entries(), self._ways, self._places)

    def __repr__(self) -> str:
        state = f"{self.fault_count} faults" if self.fault_count else "no faults"
        return f"<trace of {self.grid} blocks of {self.block} threads: {state}>"
