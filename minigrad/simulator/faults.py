"""What can go wrong in a kernel, as plain data.

A :class:`Fault` says what happened, where in memory, which thread did it and at which line; where two threads are
involved it has both. A note has the same form: something that portable CUDA frowns upon but that is no fault.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from minigrad.simulator.errors import Dim3

FAULT_KINDS = {
    "out-of-bounds": "an index outside the array; a negative one too, which numba would wrap and CUDA C would not",
    "uninitialised-read": "a read of shared or local memory, or of an output, that no thread wrote before",
    "race": "two threads touch one cell, at least one writes, and nothing orders them",
    "divergent-barrier": "live threads of one block wait at different barriers",
    "bad-warp-operation": "a mask that names a lane that never arrives, or a shuffle from a lane that takes no part",
    "integer-division-by-zero": "undefined on a GPU",
    "invalid-launch": "more threads in a block, or more shared memory, than a GPU has; or a dimension of zero",
    "hang": "a loop that does not end, or a block that waits for another",
}
"""Every kind of fault, with what it means."""

NOTE_KINDS = {
    "same-value-writes": "two threads write one and the same value to one cell",
    "ended-before-barrier": "a thread ended while others of its block went on to a barrier",
    "missing-lane": "a shuffle from a lane that the block has no thread for; what it gives is undefined",
}
"""Every kind of note, with what it means."""


@dataclass(frozen=True)
class Party:
    """One thread's share in a fault: who, where in the source, and what it did (``"read"``, ``"wrote"``, ...)."""

    block: Dim3
    thread: Dim3
    line: int | None
    source: str
    action: str


@dataclass(frozen=True)
class Fault:
    """One thing that went wrong.

    ``array`` is the name of the parameter or variable ("" if none is involved) and ``index`` the element, one int for
    each dimension. ``block`` and ``thread`` are (x, y, z), None if the launch as a whole is at fault. ``line`` counts
    from 1 in ``file`` and ``source`` is that line's text. ``other`` is the second thread, where there is one.
    ``message`` is one sentence.
    """

    kind: str
    message: str
    array: str = ""
    index: tuple[int, ...] | None = None
    block: Dim3 | None = None
    thread: Dim3 | None = None
    line: int | None = None
    source: str = ""
    file: str = ""
    action: str = ""
    other: Party | None = None

    def to_json(self) -> dict[str, Any]:
        """The fault as an object that ``json.dumps`` takes."""
        other = self.other
        return {
            "kind": self.kind,
            "array": self.array,
            "index": list(self.index) if self.index is not None else None,
            "block": list(self.block) if self.block is not None else None,
            "thread": list(self.thread) if self.thread is not None else None,
            "line": self.line,
            "source": self.source,
            "message": self.message,
            "other": None
            if other is None
            else {
                "block": list(other.block),
                "thread": list(other.thread),
                "line": other.line,
                "source": other.source,
                "action": other.action,
            },
        }


def name_of_index(array: str, index: tuple[int, ...]) -> str:
    """``a[2, 3]``, as a learner writes it."""
    return f"{array}[{', '.join(map(str, index))}]"


def beyond(array: str, index: tuple[int, ...], shape: tuple[int, ...]) -> str:
    """``a[9]; a has 9 elements``: an index that lies outside."""
    if len(shape) == 1:
        extent = f"has {shape[0]} element{'' if shape[0] == 1 else 's'}"
    else:
        extent = f"is {' x '.join(map(str, shape))}"
    return f"{name_of_index(array, index)}; {array} {extent}"


def name_of_thread(thread: Dim3, block: Dim3, block_shape: Dim3, grid_shape: Dim3) -> str:
    """``thread 1 of block 2``; coordinates are spelt out where the launch has more than one dimension."""
    return f"thread {_coordinates(thread, block_shape)} of block {_coordinates(block, grid_shape)}"


def _coordinates(where: Dim3, shape: Dim3) -> str:
    if shape[2] > 1:
        return f"(x={where[0]}, y={where[1]}, z={where[2]})"
    if shape[1] > 1:
        return f"(x={where[0]}, y={where[1]})"
    return str(where[0])
