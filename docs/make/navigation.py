"""The puzzles' place in the site's navigation. It stands in ``mkdocs.yml`` like all the rest, between two comments."""

from __future__ import annotations

from collections.abc import Mapping

from docs.make.address import ROOT
from docs.make.source import parts

FILE = "mkdocs.yml"
BEGIN = "      # The puzzles themselves, by part: written here by `python docs/make`.\n"
END = "      # Here they end.\n"


def navigation() -> Mapping[str, str]:
    """``mkdocs.yml`` with every puzzle in its navigation."""
    before, begin, rest = (ROOT / FILE).read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{FILE} has lost the comments between which its puzzles stand")
    return {FILE: before + begin + "".join(_entries()) + end + after}


def _entries() -> list[str]:
    lines = []
    for part in parts():
        lines.append(f"      - {part.number} · {part.title}:\n")
        lines += [f"          - {each.number} · {each.title}: puzzles/{each.slug}.md\n" for each in part.puzzles]
    return lines
