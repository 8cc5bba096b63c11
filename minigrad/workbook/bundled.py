"""The puzzles and solutions that come with the package, and copying them into a learner's folder.

An installed wheel carries them inside the package, in ``minigrad/bundled``; in a checkout they stand beside
it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import minigrad
from minigrad.workbook.tree import PUZZLES, SOLUTIONS


def bundled(name: str) -> Path:
    """The folder ``puzzles`` or ``solutions`` that comes with the package.

    Raises FileNotFoundError if the installation lacks it.
    """
    package = Path(minigrad.__file__).parent
    for folder in (package / "bundled" / name, package.parent / name):
        if any(folder.glob("part*_*/puzzle*_*.py")):
            return folder
    raise FileNotFoundError(f"this installation of minigrad-puzzles comes without its {name}; install it again")


@dataclass
class Copied:
    """What copying did, as paths relative to the folder that was copied into."""

    written: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    """Files that were there already and are not as they were delivered."""
    same: list[Path] = field(default_factory=list)


def copy_into(folder: Path, names: Iterable[str] = (PUZZLES, SOLUTIONS)) -> Copied:
    """Copy the bundled folders into ``folder``, which is made if need be. No existing file is ever changed.

    Raises OSError where something cannot be written.
    """
    done = Copied()
    for name in names:
        source = bundled(name)
        for file in sorted(source.rglob("*")):
            inside = file.relative_to(source)
            if file.is_file() and not any(part.startswith((".", "__pycache__")) for part in inside.parts):
                _copy(file, folder, Path(name) / inside, done)
    return done


def _copy(file: Path, folder: Path, place: Path, done: Copied) -> None:
    given = file.read_bytes()
    target = folder / place
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(target, "xb") as written:
            written.write(given)
    except FileExistsError:
        same = target.is_file() and target.read_bytes() == given
        (done.same if same else done.kept).append(place)
    else:
        done.written.append(place)
