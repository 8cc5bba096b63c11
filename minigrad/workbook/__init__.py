"""Puzzles, checks and verdicts.

``puzzle`` is all that a puzzle file needs; the rest is loaded when somebody asks for a verdict.
"""

from minigrad.workbook.puzzle import Puzzle, puzzle

__all__ = ["Puzzle", "puzzle"]
