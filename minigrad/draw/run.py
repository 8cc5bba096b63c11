"""What a picture of a run is drawn from: plain data, made by whoever ran something.

A :class:`Run` is one launch of a kernel beside what the reference says; a :class:`Calls` is one call of a plain
function beside the same. A :class:`Control` is something that a reader may change to see another run. Nothing here
runs anything, and nothing knows of puzzles.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy.typing as npt

from minigrad.simulator import Trace

Array: TypeAlias = "npt.NDArray[Any]"
Index: TypeAlias = tuple[int, ...]


@dataclass(frozen=True)
class Run:
    """One launch of a kernel: what it was given, what it did, what came out, and what should have.

    Arrays go by the names that the kernel's own parameters have, which are those of the trace's events. ``before`` and
    ``after`` have every argument, in the order of the signature; what stood in an ``unwritten`` array before the launch
    means nothing. ``expected`` has the reference's outputs and ``wrong`` the cells of each output that differ from it
    (tolerance and never-written cells counted, and cells that are no element of the tensor and were changed).
    ``spoilt`` has the cells of inputs that were changed, or written and put back. ``shapes`` has the shape of each
    shared or local array that was touched. ``source`` are the lines of the learner's functions that ran, by number.
    ``trace`` was recorded; it is None where the kernel's own code raised, and then ``error`` is what it said and
    ``error_line`` where; of an endless loop it has the first turns. ``remark`` says in a sentence what is special about
    this launch. ``loops`` is True of a kernel for the processor, whose "blocks" are its parallel loops and whose
    "threads" are their iterations.
    """

    title: str
    launch: str
    before: Mapping[str, Array | int]
    after: Mapping[str, Array | int]
    outputs: tuple[str, ...]
    unwritten: tuple[str, ...]
    expected: Mapping[str, Array]
    wrong: Mapping[str, tuple[Index, ...]]
    shapes: Mapping[str, Index]
    source: Mapping[int, str]
    trace: Trace | None
    file: str = ""
    error: str = ""
    error_line: int | None = None
    remark: str = ""
    loops: bool = False
    spoilt: Mapping[str, tuple[Index, ...]] = field(default_factory=dict)

    @property
    def agrees(self) -> bool:
        """Whether the launch came to its end with the reference's outputs and without a fault."""
        harmed = any(self.wrong.values()) or any(self.spoilt.values())
        return self.trace is not None and self.trace.complete and not (self.trace.fault_count or harmed)


@dataclass(frozen=True)
class Calls:
    """One call of a plain function beside the reference: arguments, what was returned, what was expected.

    ``call`` is the call as the learner would write it. ``mistake`` is the clause that says what is wrong with the
    result ("returned 4, expected 5"), "" where nothing is. ``given`` is None where the function raised.
    """

    title: str
    call: str
    arguments: Mapping[str, Any]
    expected: Any
    given: Any
    mistake: str = ""
    remark: str = ""

    @property
    def agrees(self) -> bool:
        """Whether the function returned what the reference does."""
        return not self.mistake


@dataclass(frozen=True)
class Control:
    """Something a reader may choose: its name ("size", "threads in a block"), what there is, and where it starts."""

    name: str
    choices: tuple[Any, ...]
    start: Any
    words: Mapping[Any, str] = field(default_factory=dict)
    """How a choice is written, where not as itself."""
