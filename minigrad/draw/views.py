"""What the parts of a step's picture share: pages, colours, and boxes that change.

A part (see ``source_view``, ``array_view`` and ``thread_view``) is laid out once: it has a ``figure`` with slots in it,
and ``looks``, which says how they look at a step. Where there is more than fits, it shows the page on which something
happens.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import drawsvg

from minigrad.draw.cells import HEIGHT
from minigrad.draw.figure import short
from minigrad.draw.look import THREAD_COLOURS
from minigrad.draw.replay import Replay
from minigrad.draw.slots import Look, Slot
from minigrad.draw.steps import Dim3

Looks = Iterator[tuple[Slot, Look]]


def page(position: int, size: int, most: int) -> int:
    """Where a stretch of ``most`` out of ``size`` begins that has ``position`` in it; it moves by half its length.

    >>> [page(position, 100, 20) for position in (0, 14, 15, 24, 25, 99)]
    [0, 0, 10, 10, 20, 80]
    """
    if size <= most:
        return 0
    half = max(1, most // 2)
    return min(max(0, (min(max(position, 0), size - 1) - most // 4) // half * half), size - most)


def colour(replay: Replay, block: Dim3 | None, thread: Dim3 | None) -> str:
    """The class of a thread's colour."""
    if thread is None:
        return ""
    if replay.run.loops or replay.run.trace is None:
        return f"mg-t{thread[0] % THREAD_COLOURS}"
    shape = replay.run.trace.block
    return f"mg-t{(thread[0] + shape[0] * (thread[1] + shape[1] * thread[2])) % THREAD_COLOURS}"


def short_name(thread: Dim3, dims: int | None = None) -> str:
    """``3``, or ``3,1`` in two dimensions; without ``dims`` in as many as it takes."""
    if dims is None:
        dims = 3 if thread[2] else 2 if thread[1] else 1
    return ",".join(map(str, thread[:dims]))


def slot_box(
    slot: Slot, x: float, width: float, height: float = HEIGHT, *, corner: float = 3, flagged: bool = False
) -> Any:
    """A cell or a thread: a box with round corners and words in it; ``flagged`` if it may be marked as wrong."""
    parts: list[Any] = [drawsvg.Rectangle(short(x + 0.5), 0.5, short(width - 1), short(height - 1), rx=short(corner))]
    if flagged:
        parts.append(drawsvg.Path(d=f"M{short(x + width - 9)} 1h8v8z", class_="mg-corner"))
    parts.append(drawsvg.Text(slot.words, None, short(x + width / 2), short(height / 2 + 4.7)))
    return drawsvg.Group(parts, class_=slot.kind)
