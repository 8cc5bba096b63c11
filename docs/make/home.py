"""The puzzle on the home page: a first try, what is said of it and what it did; then the answer, and its verdict.

The verdicts are what ``minigrad check`` prints, and the picture is that of the case which the first of them names.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from docs.make.address import ROOT
from docs.make.source import puzzles
from docs.make.words import WORDS
from minigrad.draw import launch_picture
from minigrad.workbook.load import load
from minigrad.workbook.puzzle import KernelPuzzle
from minigrad.workbook.showing import case_to_show, run_of

NAME = "blocks"
FORGOTTEN = "    if i < size:\n        out[i]"
FIRST_TRY = "    out[i]"


@cache
def home() -> Mapping[str, str]:
    """The two answers, their verdicts, and the picture of the first: pieces of the home page, by path."""
    [puzzle] = [each for each in puzzles() if each.name == NAME]
    right = puzzle.solution
    wrong = right.replace(FORGOTTEN, FIRST_TRY)
    assert wrong != right, f"{puzzle.solution_file} has no guard to forget"
    with TemporaryDirectory() as folder:
        file = Path(folder) / puzzle.file_name
        said_of_right = _verdict(right, file, solved=True)
        said_of_wrong = _verdict(wrong, file, solved=False)
        answer = load(file)
        assert isinstance(answer, KernelPuzzle)
        run = run_of(answer, case_to_show(answer))
        drawn = launch_picture(replace(run, source={}, remark=""))  # those the verdict beside it has
    return {
        f"{WORDS}/wrong.py": _function(wrong),
        f"{WORDS}/right.py": _function(right),
        f"{WORDS}/wrong.txt": said_of_wrong,
        f"{WORDS}/right.txt": said_of_right,
        f"{WORDS}/wrong.svg": f"{drawn.bare}\n",
        f"{WORDS}/wrong-alone.svg": f"{drawn.svg}\n",
    }


def _function(code: str) -> str:
    return code[code.index("def ") :]


def _verdict(code: str, file: Path, solved: bool) -> str:
    """What ``minigrad check`` prints for an answer."""
    file.write_text(code, encoding="utf-8")
    command = [sys.executable, "-m", "minigrad", "check", file.name]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100", "PYTHONUTF8": "1"}
    done = subprocess.run(command, cwd=file.parent, env=environment, capture_output=True, text=True, encoding="utf-8")
    if done.returncode != (0 if solved else 1):
        raise RuntimeError(f"minigrad check {file.name} ended with {done.returncode}: {done.stdout}{done.stderr}")
    return done.stdout
