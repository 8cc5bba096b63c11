"""The pictures of the lessons on verbs, memory and strides: launches of solutions, one of a mistake, and tensors.

They are pieces of pages, and git ignores them. Those of the lesson on gradients are drawn by ``lesson_pictures``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import minigrad
from docs.make.address import ROOT
from docs.make.source import puzzles
from minigrad.draw import Picture, launch_picture, strides
from minigrad.workbook.choosing import an_example
from minigrad.workbook.load import load
from minigrad.workbook.puzzle import KernelPuzzle
from minigrad.workbook.showing import run_of

FOLDER = "docs/made/pictures"

LAUNCHES = ("map", "zip", "block_sum", "shared")
BARRIER = "cuda.syncthreads()"


def launch_pictures() -> Mapping[str, str]:
    """Every picture, by path."""
    drawn = {f"launch-{name}": _launch(name) for name in LAUNCHES}
    drawn["launch-without-barrier"] = _launch("shared", without=BARRIER)
    table = minigrad.arange(6).reshape(2, 3)
    drawn["strides-rows"] = strides(table, (1, 2))
    drawn["strides-transposed"] = strides(table.T, (2, 1))
    drawn["strides-expanded"] = strides(minigrad.arange(3).reshape(1, 3).expand(2, 3), (1, 2))
    return {f"{FOLDER}/{name}.svg": f"{picture.bare}\n" for name, picture in drawn.items()}


def _launch(name: str, without: str = "") -> Picture:
    """The solution of a puzzle, with a line left out, on its small example."""
    [puzzle] = [each for each in puzzles() if each.name == name]
    text = (ROOT / puzzle.solution_file).read_text(encoding="utf-8")
    assert without in text
    with TemporaryDirectory() as folder:
        file = Path(folder) / puzzle.file_name
        file.write_text(text.replace(without, "pass") if without else text, encoding="utf-8")
        answer = load(file)
        assert isinstance(answer, KernelPuzzle)
        return launch_picture(run_of(answer, an_example(answer.spec.cases)))
