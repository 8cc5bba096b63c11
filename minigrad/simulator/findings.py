"""The faults and notes of a launch, as they are collected: from integers to names, lines and sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sized
from types import CodeType

from minigrad.simulator.access import THREAD_BITS_IN_BLOCK, Access, action_of, where_of, who_of
from minigrad.simulator.arrays import Shape, index_of_cell
from minigrad.simulator.errors import Dim3
from minigrad.simulator.faults import Fault, Party, name_of_index, name_of_thread
from minigrad.simulator.source import Places, line_of, source_line

MAX_FAULTS = 64
"""So many faults, and so many notes, are kept of a launch; it runs on beyond, but they are only counted."""


class Findings:
    """What was found in one launch. ``sources`` says of the kernel's code whether its source is at hand.

    ``fault_events`` says for each of the faults how many events ``log`` had when it was found.
    """

    def __init__(
        self, grid: Dim3, block: Dim3, places: Places, sources: Mapping[CodeType, bool], log: Sized | None = None
    ) -> None:
        self.faults: list[Fault] = []
        self.fault_events: list[int] = []
        self.notes: list[Fault] = []
        self.fault_count = 0
        self._grid = grid
        self._block = block
        self._places = places
        self._sources = sources
        self._log: Sized = () if log is None else log

    def fault(
        self,
        kind: str,
        sentence: str,
        access: Access,
        array: str = "",
        index: Shape | None = None,
        *,
        action: str = "",
        other: Access | None = None,
    ) -> None:
        """A fault; ``sentence`` goes on after the thread's name. ``action`` is what both did, if not to memory."""
        self.fault_count += 1
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(self._made(kind, sentence, access, array, index, action, other))
            self.fault_events.append(len(self._log))

    def note(
        self,
        kind: str,
        sentence: str,
        access: Access,
        array: str = "",
        index: Shape | None = None,
        *,
        action: str = "",
        other: Access | None = None,
    ) -> None:
        """A note, likewise."""
        if len(self.notes) < MAX_FAULTS:
            self.notes.append(self._made(kind, sentence, access, array, index, action, other))

    def conflict(self, kind: str, name: str, title: str, index: Shape, earlier: Access, access: Access) -> None:
        """A race, or a note, of two threads on one cell."""
        where, them = name_of_index(title, index), self.name(earlier)
        if kind == "same-value-writes":
            self.note(kind, f"and {them} both wrote the same value to {where}", access, name, index, other=earlier)
            return
        sentence = f"{action_of(access)} {where} and {them} {action_of(earlier)} it, and nothing orders the two"
        self.fault(kind, sentence, access, name, index, other=earlier)

    def name(self, access: Access) -> str:
        """Whose access it is: ``thread 1 of block 2``."""
        block, thread = self._who(access)
        return name_of_thread(thread, block, self._block, self._grid)

    def line(self, access: Access) -> int | None:
        """The line where it is."""
        return line_of(*self._places.code_and_position(where_of(access)))

    def _who(self, access: Access) -> tuple[Dim3, Dim3]:
        return position_of(who_of(access), self._grid, self._block)

    def _made(
        self,
        kind: str,
        sentence: str,
        access: Access,
        array: str,
        index: Shape | None,
        action: str,
        other: Access | None,
    ) -> Fault:
        block, thread = self._who(access)
        line, source, file = self._where(access)
        return Fault(
            kind=kind,
            message=f"{self._subject(access, other)} {sentence}",
            array=array,
            index=index,
            block=block,
            thread=thread,
            line=line,
            source=source,
            file=file,
            action=action or action_of(access),
            other=None if other is None else self._party(other, action),
        )

    def _subject(self, access: Access, other: Access | None) -> str:
        """What a sentence about the access begins with; ``other`` is the second party's."""
        return self.name(access)

    def _party(self, access: Access, action: str) -> Party:
        line, source, _ = self._where(access)
        return Party(*self._who(access), line, source, action or action_of(access))

    def _where(self, access: Access) -> tuple[int | None, str, str]:
        code, position = self._places.code_and_position(where_of(access))
        line, file = line_of(code, position), code.co_filename
        return line, source_line(file, line) if self._sources.get(code) else "", file


def position_of(who: int, grid: Dim3, block: Dim3) -> tuple[Dim3, Dim3]:
    """The coordinates of a thread's block and of the thread, from its number in the launch."""
    in_block = who & (1 << THREAD_BITS_IN_BLOCK) - 1
    return _unravelled(who >> THREAD_BITS_IN_BLOCK, grid), _unravelled(in_block, block)


def _unravelled(number: int, shape: Dim3) -> Dim3:
    z, y, x = index_of_cell(number, (shape[2], shape[1], shape[0]))
    return x, y, z
