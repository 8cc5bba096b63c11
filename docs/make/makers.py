"""What is made. A maker is a function that returns texts by path, from the repository's root with forward slashes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from docs.make.address import ROOT

Maker = Callable[[], Mapping[str, str]]

COMMITTED: tuple[Maker, ...] = ()
"""Makers of files that are committed, so that somebody can forget to make them again."""

IGNORED: tuple[Maker, ...] = ()
"""Makers of files that git ignores."""


def write(texts: Mapping[str, str], check: bool = False) -> list[str]:
    """Write the texts that differ from what stands there, or with ``check`` only name them; their paths."""
    changed = []
    for name, text in texts.items():
        file = ROOT / name
        made = text.encode("utf-8")
        if file.is_file() and file.read_bytes() == made:
            continue
        changed.append(name)
        if not check:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(made)
    return changed
