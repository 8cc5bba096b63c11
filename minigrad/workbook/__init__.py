"""Puzzles, checks and verdicts.

``puzzle`` is all that a puzzle file needs; the rest is loaded when somebody asks for a verdict. A notebook calls
``begin`` in its first cell, ``save`` and ``restore`` to keep its answers as files, and ``quiz`` for the questions of a
lesson.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from minigrad.workbook.puzzle import Puzzle, puzzle

if TYPE_CHECKING:
    from minigrad.workbook.notebook import begin
    from minigrad.workbook.questions import quiz
    from minigrad.workbook.saving import restore, save

__all__ = ["Puzzle", "begin", "puzzle", "quiz", "restore", "save"]

_HOME = {"begin": "notebook", "quiz": "questions", "restore": "saving", "save": "saving"}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
