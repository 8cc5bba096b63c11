"""What the search has found out about a learner's function, kept with the function for whoever wants to see it.

A function's code cannot change, but what it reads from its module can: in a notebook, a constant or another function is
soon defined anew. So what was found counts only as long as all of that is the same.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import Any

from minigrad.workbook.puzzle import Puzzle
from minigrad.workbook.reach import Reach

_KEPT = "__minigrad_found__"


@dataclass(frozen=True)
class Found:
    """The case that the verdict names first, or the call; None where nothing failed.

    ``is_wrong`` says that its result was, or that there was none; ``hangs``, that it did not come to its end.
    """

    case: Any
    is_wrong: bool
    hangs: bool
    puzzle: str
    reach: Reach


def keep(puzzle: Puzzle, case: Any, *, is_wrong: bool = False, hangs: bool = False) -> None:
    """Keep what was found: the smallest case that fails, or None."""
    found = Found(case, is_wrong, hangs, puzzle.name, Reach(puzzle.function))
    with contextlib.suppress(AttributeError, TypeError):  # not every callable takes an attribute
        setattr(puzzle.function, _KEPT, found)


def recall(puzzle: Puzzle) -> Found | None:
    """What was found last, if it still counts."""
    found = getattr(puzzle.function, _KEPT, None)
    if isinstance(found, Found) and found.puzzle == puzzle.name and found.reach.is_same(Reach(puzzle.function)):
        return found
    return None
