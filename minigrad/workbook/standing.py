"""Where the learner stands: the table that ``minigrad status`` shows, and what comes next."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from itertools import groupby
from pathlib import Path
from textwrap import shorten

from minigrad.workbook.progress import known
from minigrad.workbook.terminal import stars
from minigrad.workbook.tree import PUZZLES, PuzzleFile, nearby, puzzle_file, puzzle_files, workbook_of
from minigrad.workbook.verdict import Verdict


def report(files: Iterable[PuzzleFile], verdicts: Mapping[Path, Verdict]) -> str:
    """The table, and below it the sum and the next puzzle."""
    files = list(files)
    width = max((len(file.name) for file in files), default=0)
    blocks = []
    for part, members in groupby(files, key=lambda file: file.part):
        rows = [f"  {file.number:>3}  {file.name:<{width}}  {_standing(file, verdicts)}" for file in members]
        blocks.append("\n".join([_heading(part), *rows]))
    return "\n\n".join([*blocks, _sum(files, verdicts)])


def _heading(part: str) -> str:
    """``part1_map`` reads ``Part 1 · map``."""
    number, _, name = part.removeprefix("part").partition("_")
    return f"Part {number} · {name.replace('_', ' ')}" if number.isdigit() else part


def _standing(file: PuzzleFile, verdicts: Mapping[Path, Verdict]) -> str:
    verdict = verdicts.get(file.path)
    if verdict is None:
        return "not checked"
    if verdict.status == "not-started":
        return "not started"
    if verdict.status == "error":
        first_line = verdict.message.partition("\n")[0]
        return f"cannot be checked: {shorten(first_line, 80, placeholder=' ...')}"
    failed = [name for name, check in verdict.checks.items() if check.status == "failed"]
    return stars(verdict) + (f"   {', '.join(failed)} ✗" if failed else "")


def _sum(files: list[PuzzleFile], verdicts: Mapping[Path, Verdict]) -> str:
    found = list(verdicts.values())
    earned = sum(verdict.stars for verdict in found)
    solved = sum(verdict.solved for verdict in found)
    text = f"{solved} of {len(files)} solved, {earned} of {3 * len(files)} stars"
    for file in files:
        verdict = verdicts.get(file.path)
        if verdict is None or not verdict.solved:
            return f"{text}; next: {file.title}, in {nearby(file.path)}"
    return f"{text}; every puzzle is solved"


def what_is_next(path: Path) -> str:
    """What to go on with after the puzzle in this file has been solved, as far as that is known without a run."""
    solved = puzzle_file(path)
    root = workbook_of(Path(os.path.abspath(path)).parent) or workbook_of(Path.cwd())
    if solved is None or root is None:
        return "solved"
    others = [file for file in puzzle_files(root / PUZZLES) if file.number != solved.number]
    verdicts = {file: known(file) for file in others}
    left = [file for file, verdict in verdicts.items() if verdict is None or not verdict.solved]
    later = [file for file in left if file.number > solved.number]
    surely_left = [file for file in left if verdicts[file] is not None]
    for file in [*later, *surely_left]:
        return f"solved; next: {file.title}, in {nearby(file.path)}"
    return "solved; minigrad status shows what is left" if left else "solved, and so is every other puzzle"
