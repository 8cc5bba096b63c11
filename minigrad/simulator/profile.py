"""What a launch did, line by line: accesses, sectors, bank conflicts, divergent branches, barriers.

Lanes of a warp move together, so their accesses are served together. Two lanes' accesses belong to one another if they
are at the same instruction, in the same turn of the same loops (see ``paths``), between the same barriers; where a lane
comes there several times all the same, its n-th time belongs to the others' n-th time.

**Sectors.** Global memory is moved in aligned pieces of 32 bytes: what is counted is how many each warp's access
touches.

**Bank conflicts.** Shared memory has 32 banks; successive words of 4 bytes lie in successive banks, and in one pass
each bank serves one word. Lanes that ask for the same word, or for parts of it, get it together. So an access takes as
many passes as the busiest bank has different words to serve, and all but the first are counted as conflicts. An access
to elements of 8 bytes is served one half of the warp after the other, each by itself without conflicts if no two of its
words collide; elements of 16 bytes, one quarter after the other. To need several halves is no conflict.

The rules are those of NVIDIA's CUDA C++ Programming Guide, in the sections on shared memory of its chapter on compute
capabilities: 5.x, to which all later ones refer, for the banks and for what lanes may share; 2.x, the last to spell it
out, for the halves at 64 bits. The guide gives no such rule for the quarters at 128 bits; there it is carried on. Lanes
that update one word atomically are one after another for another reason, which is no conflict of banks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from minigrad.simulator.access import PLACE_MASK, PLACE_SHIFT, THREAD_BITS_IN_BLOCK, WHO_MASK, WHO_SHIFT
from minigrad.simulator.order import WARP_SIZE
from minigrad.simulator.paths import Ways
from minigrad.simulator.source import Places, line_of, place_of, source_line

SECTOR = 32
"""Bytes that a GPU moves at the least, aligned."""

BANKS = 32
WORD = 4
"""Bytes that lie in a bank, one beside another."""

BARRIER, READ, WRITE, ATOMIC = range(4)
_VERBS = {"barrier": BARRIER, "read": READ, "write": WRITE, "atomic": ATOMIC}
GLOBAL, SHARED, LOCAL = range(3)
_SPACES = {"global": GLOBAL, "shared": SHARED, "local": LOCAL}

Numbers = npt.NDArray[np.int64]
Where = tuple[str, int | None]
"""A file and a line in it."""


@dataclass(frozen=True)
class Line:
    """What the whole launch did in one line of source, or in all of them.

    ``reads``, ``writes`` and ``atomics`` are elements of global memory, those with ``shared_`` of shared memory, over
    all threads. ``sectors_read`` and ``sectors_written`` are pieces of 32 bytes, ``bank_conflicts`` the passes that
    accesses to shared memory took beyond their first, and ``divergent_branches`` how often the lanes of a warp parted;
    the last two are over all warps. ``barriers`` counts each barrier once for each block. In a total ``line`` is None.
    """

    file: str
    line: int | None
    source: str = ""
    reads: int = 0
    writes: int = 0
    atomics: int = 0
    sectors_read: int = 0
    sectors_written: int = 0
    shared_reads: int = 0
    shared_writes: int = 0
    shared_atomics: int = 0
    bank_conflicts: int = 0
    divergent_branches: int = 0
    barriers: int = 0

    @property
    def sectors(self) -> int:
        """Sectors read and written together."""
        return self.sectors_read + self.sectors_written


COLUMNS = tuple(field.name for field in fields(Line))[3:]
"""The names of a line's numbers."""


@dataclass(frozen=True)
class Profile:
    """What a launch did, by line of source, in the order of the source; lines in which nothing is counted are absent.

    Where a function's source cannot be had, its accesses are counted, but no branches.
    """

    lines: tuple[Line, ...]

    @cached_property
    def total(self) -> Line:
        """All lines together."""
        sums = {name: sum(getattr(line, name) for line in self.lines) for name in COLUMNS}
        return Line("", None, "", **sums)


class Log:
    """A recorded launch as columns of numbers, one row for each access or arrival at a barrier."""

    def __init__(self, entries: Sequence[tuple[Any, ...]], ways: Ways, places: Places) -> None:
        count = len(entries)
        array_numbers: dict[int, int] = {}
        sizes: list[int] = []
        spaces: list[int] = []

        def array_number(cells: Any) -> int:
            if cells is None:
                return -1
            number = array_numbers.setdefault(id(cells), len(sizes))
            if number == len(sizes):
                sizes.append(cells.dtype.itemsize)
                spaces.append(_SPACES[cells.space])
            return number

        def column(values: Any) -> Numbers:
            return np.fromiter(values, dtype=np.int64, count=count)

        self.verb = column(_VERBS[entry[0]] for entry in entries).astype(np.int8)
        self.array = column(array_number(entry[1]) for entry in entries)
        self.position = column(entry[2] for entry in entries)
        self.who = column(entry[4] >> WHO_SHIFT & WHO_MASK for entry in entries)
        self.way = ways.column(count)
        where = column(entry[4] >> PLACE_SHIFT & PLACE_MASK for entry in entries)
        # An array's number is -1 at a barrier, which is the last entry here.
        self.size = np.array([*sizes, 0], np.int64)[self.array]
        self.space = np.array([*spaces, -1], np.int8)[self.array]
        distinct, which = np.unique(where, return_inverse=True)
        code_positions = [places.code_and_position(int(each)) for each in distinct]
        self.lines: list[Where] = [(code.co_filename, line_of(code, at)) for code, at in code_positions]
        self.instruction = _numbers_of([place_of(code, at) for code, at in code_positions])[which]
        self.line = which.astype(np.int64)  # into ``lines``, where one line may stand several times

    def is_access(self, space: int, *verbs: int) -> npt.NDArray[np.bool_]:
        """Which rows are such accesses."""
        is_one: npt.NDArray[np.bool_] = (self.space == space) & np.isin(self.verb, verbs)
        return is_one

    @cached_property
    def together(self) -> Numbers:
        """A number for each row; equal for those accesses that lanes of one warp do together."""
        same_place = (self.who, self.instruction, self.way, self._barriers_passed, self.array)
        order, begins = _grouped(*same_place)
        turn = _within(order, begins)
        return _numbered(self.who // WARP_SIZE, *same_place[1:], turn)

    @cached_property
    def _barriers_passed(self) -> Numbers:
        """How many barriers the row's thread has passed before."""
        order, begins = _grouped(self.who)
        arrivals = (self.verb == BARRIER)[order].astype(np.int64)
        before = np.cumsum(arrivals) - arrivals
        passed: Numbers = np.empty_like(before)
        passed[order] = before - np.repeat(before[begins], _lengths(order, begins))
        return passed


def profile_of(log: Log, divergent: Mapping[tuple[str, int], int]) -> Profile:
    """The profile of a launch, of whose branches ``divergent`` tells."""
    counts: dict[Where, dict[str, int]] = {}

    def add(name: str, lines: Numbers) -> None:
        """Count one for each of these rows' lines."""
        for number, times in zip(*np.unique(lines, return_counts=True), strict=True):
            row = counts.setdefault(log.lines[number], {})
            row[name] = row.get(name, 0) + int(times)

    for space, prefix in ((GLOBAL, ""), (SHARED, "shared_")):
        for verb, name in ((READ, "reads"), (WRITE, "writes"), (ATOMIC, "atomics")):
            add(prefix + name, log.line[log.is_access(space, verb)])
    for verb, name in ((READ, "sectors_read"), (WRITE, "sectors_written")):
        add(name, _lines_of_sectors(log, verb))
    add("bank_conflicts", _lines_of_conflicts(log))
    add("barriers", _lines_of_barriers(log))
    for where, times in divergent.items():
        row = counts.setdefault(where, {})
        row["divergent_branches"] = row.get("divergent_branches", 0) + times
    ordered = sorted(counts.items(), key=lambda item: (item[0][0], item[0][1] or 0))
    return Profile(tuple(Line(file, line, source_line(file, line), **row) for (file, line), row in ordered))


def _lines_of_sectors(log: Log, verb: int) -> Numbers:
    """The line of each sector that a warp's access touches."""
    rows = np.flatnonzero(log.is_access(GLOBAL, verb))
    sector = log.position[rows] * log.size[rows] // SECTOR
    return log.line[rows[_first_of_each(log.together[rows], sector)]]


def _lines_of_conflicts(log: Log) -> Numbers:
    """The line of each pass but the first that a warp's access takes."""
    rows = np.flatnonzero(log.is_access(SHARED, READ, WRITE, ATOMIC))
    words = np.maximum(log.size[rows] // WORD, 1)
    lanes = WARP_SIZE // words  # that are served at a time
    first_word = log.position[rows] * log.size[rows] // WORD
    # A row for each word of each element:
    of_row = np.repeat(np.arange(len(rows)), words)
    word = first_word[of_row] + np.arange(len(of_row)) - np.repeat(np.cumsum(words) - words, words)
    served = _numbered(log.together[rows], log.who[rows] % WARP_SIZE // lanes)
    distinct = _first_of_each(served[of_row], word)
    of_row, word = of_row[distinct], word[distinct]
    # How many words each bank has to serve, and the busiest bank:
    order, begins = _grouped(served[of_row], word % BANKS)
    in_bank = _lengths(order, begins)
    row_of_bank = of_row[order[begins]]
    passes = np.zeros(len(rows), np.int64)
    np.maximum.at(passes, served[row_of_bank], in_bank)
    a_row = np.zeros(len(rows), np.int64)
    a_row[served] = np.arange(len(rows))
    return np.repeat(log.line[rows[a_row]], np.maximum(passes - 1, 0))


def _lines_of_barriers(log: Log) -> Numbers:
    """The line of each barrier of each block."""
    rows = np.flatnonzero(log.verb == BARRIER)
    order, begins = _grouped(log.who[rows], log.line[rows])
    turn = _within(order, begins)
    return log.line[rows[_first_of_each(log.who[rows] >> THREAD_BITS_IN_BLOCK, log.line[rows], turn)]]


# Groups of rows that have the same values


def _grouped(*columns: Numbers) -> tuple[Numbers, Numbers]:
    """The rows in an order in which equal ones stand together as they came, and where each group begins in it."""
    order = np.lexsort(columns[::-1])
    if not len(order):
        return order, order
    differs = np.zeros(len(order) - 1, np.bool_)
    for column in columns:
        sorted_column = column[order]
        differs |= sorted_column[1:] != sorted_column[:-1]
    return order, np.concatenate([[0], np.flatnonzero(differs) + 1])


def _lengths(order: Numbers, begins: Numbers) -> Numbers:
    """How many rows each group has."""
    return np.diff(np.append(begins, len(order)))


def _within(order: Numbers, begins: Numbers) -> Numbers:
    """How many rows of its group come before each row."""
    turn = np.empty_like(order)
    turn[order] = np.arange(len(order)) - np.repeat(begins, _lengths(order, begins))
    return turn


def _numbered(*columns: Numbers) -> Numbers:
    """A number from 0 for each row, the same for equal rows."""
    order, begins = _grouped(*columns)
    numbers = np.empty_like(order)
    numbers[order] = np.repeat(np.arange(len(begins)), _lengths(order, begins))
    return numbers


def _first_of_each(*columns: Numbers) -> Numbers:
    """The first of the rows that are equal, for each group."""
    order, begins = _grouped(*columns)
    return order[begins]


def _numbers_of(keys: Sequence[Any]) -> Numbers:
    """A number for each key, the same for equal ones."""
    known: dict[Any, int] = {}
    return np.array([known.setdefault(key, len(known)) for key in keys], np.int64)
