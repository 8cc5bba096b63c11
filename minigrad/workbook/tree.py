"""The folders of puzzle files: which puzzle a file is for, and where a puzzle's file is.

Everything here follows from names, such as ``puzzles/part1_map/puzzle03_blocks.py``; no file is imported, and
nothing heavy either, since the pytest plugin stands on this.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PUZZLES = "puzzles"
"""Name of the folder that the learner edits."""

SOLUTIONS = "solutions"
"""Name of the folder with the same tree, solved."""

_FILE_NAME = re.compile(r"puzzle(\d{2,})_(\w+)\.py")
_PART_NAME = re.compile(r"part\d+_\w+")


@dataclass(frozen=True)
class PuzzleFile:
    """A file that is named like a puzzle's."""

    path: Path
    number: int
    name: str

    @property
    def part(self) -> str:
        """The folder that it stands in, for example ``part1_map``."""
        return self.path.parent.name

    @property
    def title(self) -> str:
        """For example ``puzzle 3 · blocks``."""
        return f"puzzle {self.number} · {self.name}"

    @property
    def test_name(self) -> str:
        """What pytest calls it, for example ``puzzle3_blocks``."""
        return f"puzzle{self.number}_{self.name}"


def puzzle_file(path: Path) -> PuzzleFile | None:
    """The puzzle that a file is for by its name; None if it is not named like a puzzle's."""
    parts = _FILE_NAME.fullmatch(path.name)
    return PuzzleFile(path, int(parts[1]), parts[2]) if parts else None


def is_ours(path: Path) -> bool:
    """Whether a file is a puzzle's and not some other project's that merely has such a name.

    It is ours if it stands in a part of a workbook, or if its text uses the ``@puzzle`` decorator.
    """
    if puzzle_file(path) is None:
        return False
    if _PART_NAME.fullmatch(path.parent.name) and path.parent.parent.name in (PUZZLES, SOLUTIONS):
        return True
    try:
        return b"@puzzle(" in path.read_bytes()
    except OSError:
        return False


def puzzle_files(folder: Path) -> list[PuzzleFile]:
    """Every puzzle file in a folder and the folders in it, by number."""
    found = (puzzle_file(path) for path in folder.rglob("puzzle*_*.py") if path.is_file())
    return sorted((file for file in found if file), key=lambda file: (file.number, str(file.path)))


def workbook_of(start: Path) -> Path | None:
    """The nearest folder, ``start`` itself or one around it, that has a ``puzzles`` folder with puzzles in
    it.
    """
    start = start.absolute()
    for folder in (start, *start.parents):
        if any((folder / PUZZLES).glob("part*_*/puzzle*_*.py")):
            return folder
    return None


def nearby(path: Path) -> str:
    """The path as it is shortest from the current folder."""
    try:
        relative = os.path.relpath(path)
    except ValueError:  # another drive
        return str(path)
    return str(path) if relative.startswith(os.pardir) else relative


NO_WORKBOOK = f"there is no folder {PUZZLES}/ with puzzles here or around here; minigrad init makes one"


class Missing(LookupError):
    """The user asked for a puzzle that is not there; the message says what is."""


def meant(asked: str) -> list[Path]:
    """The puzzle files that a user means by a path, or by the name of a puzzle in the workbook around here.

    A path to a file is taken as it is, there or not. Raises :class:`Missing` if nothing can be meant.
    """
    path = Path(asked)
    if path.suffix != ".py" and len(path.parts) == 1 and not asked.endswith(("/", os.sep)):
        root = workbook_of(Path.cwd())
        files = puzzle_files(root / PUZZLES) if root else []
        file = find(asked, files)
        if file:
            return [file.path]
        if not path.exists():
            raise Missing(_no_such_puzzle(asked, files))
    if not path.is_dir():
        return [path]
    inside = [file.path for file in puzzle_files(path)]
    if not inside:
        raise Missing(f"there are no puzzles in {asked}")
    return inside


def find(name: str, files: Iterable[PuzzleFile]) -> PuzzleFile | None:
    """The file of the puzzle that ``name`` means: ``blocks``, ``3``, ``puzzle3``, ``puzzle3_blocks``, in any
    case.
    """
    wanted = name.lower().removesuffix(".py")
    number = re.fullmatch(r"(?:puzzle)?0*(\d+)(?:_(\w+))?", wanted)
    for file in files:
        if file.name.lower() == wanted:
            return file
        if number and int(number[1]) == file.number and number[2] in (None, file.name.lower()):
            return file
    return None


def _no_such_puzzle(asked: str, files: list[PuzzleFile]) -> str:
    from minigrad.workbook.checks import spec_of

    if not files:
        return NO_WORKBOOK
    try:
        spec = spec_of(asked)
    except KeyError as error:
        return str(error.args[0])
    return f"{spec.file_name} is missing from {PUZZLES}/; minigrad init puts it back"
