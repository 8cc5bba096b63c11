"""What the search has found out about a learner's function, kept with the puzzle for whoever wants to see it.

A function's code cannot change, but what it reads from its module can: in a notebook, a constant or another function is
soon defined anew. So what was found counts only as long as all of that is the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from minigrad.workbook.puzzle import Puzzle
from minigrad.workbook.reach import Reach


@dataclass(frozen=True)
class Found:
    """The case that the verdict names first, or the call; None where nothing failed. ``hangs`` says that it did."""

    case: Any
    hangs: bool
    reach: Reach


def keep(puzzle: Puzzle, case: Any, *, hangs: bool = False) -> Found:
    """Keep what was found: the smallest case that fails, or None."""
    found = puzzle.found = Found(case, hangs, Reach(puzzle.function))
    return found


def recall(puzzle: Puzzle) -> Found | None:
    """What was found last, if it still counts."""
    found = puzzle.found
    return found if isinstance(found, Found) and found.reach.is_same(Reach(puzzle.function)) else None
