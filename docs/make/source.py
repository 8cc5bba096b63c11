"""A puzzle as it is written down: in its two files, and in the table of its part. Nothing else is written twice.

``puzzles()`` and ``parts()`` are all that the notebooks and the site's pages are made from. No puzzle file is run here.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from docs.make.address import ROOT
from minigrad.workbook.checks import all_specs
from minigrad.workbook.spec import FunctionSpec, Spec
from minigrad.workbook.tree import PUZZLES, SOLUTIONS

Kind = Literal["kernel", "kernel maker", "processor kernel maker", "function", "functions", "class"]
"""What the learner writes. A kernel maker is a function that makes a CUDA kernel or one for the processor."""

WALKTHROUGH = "## Walkthrough"


@dataclass(frozen=True)
class Part:
    """One of the parts that the puzzles come in. ``folder`` is for example ``part1_map``."""

    folder: str
    title: str
    learn: str

    @property
    def number(self) -> int:
        """Its place in the reading order, from 1."""
        return int(re.findall(r"\d+", self.folder)[0])

    @property
    def puzzles(self) -> tuple[Puzzle, ...]:
        """Its puzzles by number."""
        return tuple(puzzle for puzzle in puzzles() if puzzle.part is self)

    @property
    def notebook(self) -> str:
        """Where its notebook stands, from the repository's root."""
        return f"docs/notebooks/{self.folder}.ipynb"


@dataclass(frozen=True)
class Puzzle:
    """One puzzle.

    ``title`` is for people ("Blocks"), ``name`` for code ("blocks"). ``statement`` and ``walkthrough`` are Markdown
    without their headings; ``stub`` and ``solution`` are the files' code without their docstrings, imports included.
    ``answers`` are the names that the code defines for the puzzle; the first can be asked for the verdict.
    """

    number: int
    name: str
    part: Part
    title: str
    kind: Kind
    statement: str
    stub: str
    hints: tuple[str, str, str]
    solution: str
    walkthrough: str
    answers: tuple[str, ...]

    @property
    def file_name(self) -> str:
        """For example ``puzzle03_blocks.py``."""
        return f"puzzle{self.number:02d}_{self.name}.py"

    @property
    def file(self) -> str:
        """Where the learner's file stands, from the repository's root."""
        return f"{PUZZLES}/{self.part.folder}/{self.file_name}"

    @property
    def solution_file(self) -> str:
        """Where the solution's file stands, from the repository's root."""
        return f"{SOLUTIONS}/{self.part.folder}/{self.file_name}"

    @property
    def slug(self) -> str:
        """What an address or an identifier calls it, for example ``puzzle3-blocks``."""
        return f"puzzle{self.number}-{self.name.replace('_', '-')}"

    @property
    def is_kernel(self) -> bool:
        """Whether it is launched and can be stepped through."""
        return "kernel" in self.kind

    @property
    def previous(self) -> Puzzle | None:
        """The puzzle before it, of whichever part."""
        return _beside(self, -1)

    @property
    def next(self) -> Puzzle | None:
        """The puzzle after it, of whichever part."""
        return _beside(self, 1)


PARTS = {
    part.folder: part
    for part in (
        Part("part1_map", "Map", "threads, blocks and grids; guards; rows and columns; any launch for any size"),
        Part("part2_zip", "Zip", "several inputs; broadcasting; fusing; index arithmetic and decisions"),
        Part(
            "part3_reduce", "Reduce", "shared memory and barriers; trees and scans; atomics; the last block to finish"
        ),
        Part(
            "part4_strides",
            "Strides",
            "what a tensor is; map, zip, reduce and matmul for every tensor, on the processor and on a GPU",
        ),
        Part(
            "part5_gradients",
            "Gradients",
            "derivatives; a `Function` and a number that goes backwards; Jacobians; the backward rule of every verb;"
            " the engine",
        ),
        Part(
            "part6_backward",
            "Backward kernels",
            "the same rules as CUDA kernels: sum where forwards copied, gather where scattering races",
        ),
    )
}
"""Title of each part, and what one learns in it, by folder."""


@cache
def puzzles() -> tuple[Puzzle, ...]:
    """Every puzzle, by number."""
    return tuple(_read(spec) for spec in all_specs())


def parts() -> tuple[Part, ...]:
    """Every part that has puzzles, by number."""
    return tuple(part for part in PARTS.values() if part.puzzles)


def _beside(puzzle: Puzzle, step: int) -> Puzzle | None:
    place = puzzles().index(puzzle) + step
    return puzzles()[place] if 0 <= place < len(puzzles()) else None


def _read(spec: Spec) -> Puzzle:
    file = Path(spec.part) / spec.file_name
    heading, statement, stub = _taken_apart(ROOT / PUZZLES / file)
    solved_heading, told, solution = _taken_apart(ROOT / SOLUTIONS / file)
    title = re.fullmatch(rf"# Puzzle {spec.number} · (.+)", heading)
    if title is None or heading != solved_heading:
        raise ValueError(f"{file} begins with {heading!r}, and its solution with {solved_heading!r}")
    before, mark, walkthrough = told.partition(f"{WALKTHROUGH}\n")
    if before.strip() or not mark:
        raise ValueError(f"the solution of {file} has to begin with {WALKTHROUGH!r}")
    return Puzzle(
        number=spec.number,
        name=spec.name,
        part=PARTS[spec.part],
        title=title[1],
        kind=_kind(spec),
        statement=statement,
        stub=stub,
        hints=spec.hints,
        solution=solution,
        walkthrough=walkthrough.strip(),
        answers=_answers(stub),
    )


def _taken_apart(file: Path) -> tuple[str, str, str]:
    """A file's heading, the rest of its docstring, and its code."""
    text = file.read_text(encoding="utf-8")
    first = ast.parse(text).body[0]
    if not (
        isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    ):
        raise ValueError(f"{file} has no docstring")
    heading, _, rest = first.value.value.strip().partition("\n")
    code = "".join(text.splitlines(keepends=True)[first.end_lineno :])
    return heading, rest.strip(), code.strip() + "\n"


def _kind(spec: Spec) -> Kind:
    if isinstance(spec, FunctionSpec):
        if spec.methods_of:
            return "class"
        return "function" if len(spec.rules) == 1 else "functions"
    if not spec.makes_kernel:
        return "kernel"
    return "processor kernel maker" if spec.target == "cpu" else "kernel maker"


def _answers(code: str) -> tuple[str, ...]:
    """The names of the functions or of the class that are marked with ``@puzzle``, as they stand in the code."""
    marked = []
    for node in ast.parse(code).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            calls = (mark.func for mark in node.decorator_list if isinstance(mark, ast.Call))
            if any(isinstance(call, ast.Name) and call.id == "puzzle" for call in calls):
                marked.append(node.name)
    return tuple(marked)
