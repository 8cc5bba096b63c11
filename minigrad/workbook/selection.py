"""``-k puzzle3`` means puzzle 3, and not puzzle 30 as well.

pytest takes each word of a ``-k`` expression as a part of a name. Here an expression is rewritten so that
some words are exact, for puzzles only: ``puzzle3`` and ``puzzle3[safe]``, ``part1``, the name of a puzzle
(``blocks``), and the name of a check (``safe``). Every other test, and every other word, is matched as ever.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from minigrad.workbook.tree import PuzzleFile
from minigrad.workbook.verdict import CHECKS

ANY_PUZZLE = ":puzzle:"
"""A keyword that each check of each puzzle has, and nothing else."""

_WORD = re.compile(r"[\w:+\-.\[\]\\/]+")
_NUMBERED = re.compile(r"(puzzle|part)0*(\d+)(?:\[(\w+)\])?")


def keywords(file: PuzzleFile, check: str) -> Iterator[str]:
    """What a puzzle's check answers to besides its own name and those of its folders."""
    yield from (ANY_PUZZLE, file.part, f":puzzle{file.number}:", f":{file.name.lower()}:", f":{check}:")
    part = re.match(r"part0*(\d+)_", file.part)
    if part:
        yield f":part{part[1]}:"


def exact(expression: str, names: Collection[str]) -> str:
    """The ``-k`` expression with its words made exact, given the names of the puzzles there are."""

    def rewritten(word: re.Match[str]) -> str:
        key = _key(word[0].lower(), names)
        return f"({word[0]} and not {ANY_PUZZLE} or {key})" if key else word[0]

    return _WORD.sub(rewritten, expression)


def _key(word: str, names: Collection[str]) -> str | None:
    numbered = _NUMBERED.fullmatch(word)
    if numbered:
        key = f":{numbered[1]}{numbered[2]}:"
        return f"{key} and :{numbered[3]}:" if numbered[3] else key
    if word in names or word in CHECKS:
        return f":{word}:"
    return None
