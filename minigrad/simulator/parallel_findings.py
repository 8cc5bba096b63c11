"""The faults of a parallel kernel, told of iterations and loops rather than of threads and blocks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence, Sized
from dataclasses import dataclass
from types import CodeType

from minigrad.simulator.access import Access, action_of, who_of
from minigrad.simulator.arrays import Shape
from minigrad.simulator.errors import Dim3
from minigrad.simulator.faults import name_of_index
from minigrad.simulator.findings import Findings
from minigrad.simulator.source import Places


@dataclass(frozen=True)
class ParallelLoop:
    """A parallel loop that ran: its line, counted from 1, and how many iterations it had."""

    line: int | None
    iterations: int


class Loops:
    """The parallel loops of a run, and which iteration a number means: they are counted on from 1, loop by loop."""

    def __init__(self) -> None:
        self.all: list[ParallelLoop] = []
        self._values: list[Sequence[int]] = []
        self._firsts: list[int] = []
        self.total = 0

    def begin(self, line: int | None, values: Sequence[int]) -> int:
        """The number of the first iteration of one more loop."""
        first = self.total + 1
        self.all.append(ParallelLoop(line, len(values)))
        self._values.append(values)
        self._firsts.append(first)
        self.total += len(values)
        return first

    def position(self, who: int) -> tuple[Dim3, Dim3]:
        """Where a block's and a thread's coordinates stand: the loop, counted from 1, and the value of its index.

        Both are zero for what happened outside every loop.
        """
        if not who:
            return (0, 0, 0), (0, 0, 0)
        loop = bisect_right(self._firsts, who) - 1
        return (loop + 1, 0, 0), (self._values[loop][who - self._firsts[loop]], 0, 0)

    def name(self, who: int) -> str:
        """``iteration 3``."""
        return f"iteration {self.position(who)[1][0]}"

    def loop_of(self, who: int) -> str:
        """``the parallel loop``, with its line where there are several."""
        line = self.all[self.position(who)[0][0] - 1].line
        several = len({loop.line for loop in self.all}) > 1
        return f"the parallel loop in line {line}" if several else "the parallel loop"


class ParallelFindings(Findings):
    """Faults and notes, told of iterations."""

    def __init__(
        self, loops: Loops, places: Places, sources: Mapping[CodeType, bool], log: Sized | None = None
    ) -> None:
        super().__init__((1, 1, 1), (1, 1, 1), places, sources, log)
        self._loops = loops

    def name(self, access: Access) -> str:
        """``iteration 3 of the parallel loop``, or ``the kernel`` outside every loop."""
        who = who_of(access)
        return f"{self._loops.name(who)} of {self._loops.loop_of(who)}" if who else "the kernel"

    def conflict(self, kind: str, name: str, title: str, index: Shape, earlier: Access, access: Access) -> None:
        """A race, or a note, of two iterations on one cell."""
        where, lines = name_of_index(title, index), [self.line(earlier), self.line(access)]
        if kind == "same-value-writes":
            self.note(kind, f"both wrote the same value to {where}", access, name, index, other=earlier)
            return
        if action_of(earlier) == action_of(access) and lines[0] == lines[1]:
            sentence = f"both {action_of(access)} {where} in line {lines[0]}, and nothing orders the two"
        else:
            one, two = (
                f"{self._loops.name(who_of(each))} {action_of(each)} it in line {line}"
                for each, line in zip((earlier, access), lines, strict=True)
            )
            sentence = f"both use {where}, and nothing orders the two: {one}, {two}"
        self.fault(kind, sentence, access, name, index, other=earlier)

    def _subject(self, access: Access, other: Access | None) -> str:
        """``iteration 3 and iteration 5 of the parallel loop``, where there are two."""
        name = self.name(access)
        return name if other is None else f"{self._loops.name(who_of(other))} and {name}"

    def _who(self, access: Access) -> tuple[Dim3, Dim3]:
        return self._loops.position(who_of(access))
