"""What is made. A maker is a function that returns contents by path, from the repository's root, with ``/``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from docs.make.address import ROOT
from docs.make.formulas import formulas
from docs.make.home import home
from docs.make.launch_pictures import launch_pictures
from docs.make.lesson_pictures import lesson_pictures
from docs.make.navigation import navigation
from docs.make.notebooks import notebooks
from docs.make.pages import pages
from docs.make.readme import readme
from docs.make.words import words

Maker = Callable[[], Mapping[str, str] | Mapping[str, bytes]]

COMMITTED: tuple[Maker, ...] = (navigation, notebooks, lesson_pictures, readme)
"""Makers of files that are committed, so that somebody can forget to make them again."""

IGNORED: tuple[Maker, ...] = (pages, words, home, launch_pictures, formulas)
"""Makers of files that git ignores."""


OWN = "docs/puzzles"
"""Everything in this folder is made, so what is made no longer is removed."""


def remove_what_is_made_no_longer(made: Iterable[str]) -> list[str]:
    """Remove the files of ``OWN`` that are not among these; their paths."""
    there = {file.relative_to(ROOT).as_posix(): file for file in (ROOT / OWN).glob("*")}
    gone = sorted(there.keys() - set(made))
    for name in gone:
        there[name].unlink()
    return gone


def write(contents: Mapping[str, str] | Mapping[str, bytes], check: bool = False) -> list[str]:
    """Write what differs from what stands there, or with ``check`` only name it; the paths."""
    changed = []
    for name, content in contents.items():
        file = ROOT / name
        made = content.encode("utf-8") if isinstance(content, str) else content
        if file.is_file() and file.read_bytes() == made:
            continue
        changed.append(name)
        if not check:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(made)
    return changed
