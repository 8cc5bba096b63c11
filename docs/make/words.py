"""What the site's pages and templates take over from elsewhere: the repository's address, and the pictures' style."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from docs.make.address import REPOSITORY, REQUIREMENT, colab_link
from docs.make.source import Part, parts, puzzles
from minigrad.draw.look import STYLE

WORDS = "docs/made/words"


def words() -> Mapping[str, str]:
    """Pieces for ``--8<--`` in the pages, what the templates import, and the pictures' style sheet.

    A piece that ends in a new line would put an empty one into a block of code.
    """
    return {
        f"{WORDS}/install.sh": _install(),
        f"{WORDS}/install-gpu.sh": f"{_install('cu12')}\n{_install('cu13')}",
        f"{WORDS}/clone.sh": f"git clone {REPOSITORY}\ncd {urlsplit(REPOSITORY).path.rsplit('/', 1)[-1]}",
        f"{WORDS}/parts.md": _table(),
        f"{WORDS}/links.md": f"[repository]: {REPOSITORY}\n[reports]: {REPOSITORY}/issues/new/choose\n",
        "docs/overrides/made/address.html": f'{{% set repository = "{REPOSITORY}" %}}\n',
        "docs/made/pictures.css": f"{STYLE}\n",
    }


def _install(extra: str = "") -> str:
    name, _, rest = REQUIREMENT.partition(" ")
    return f'pip install "{name}{f"[{extra}]" if extra else ""} {rest}"'


def _table() -> str:
    """The parts, for a page in a folder."""
    rows = "".join(_row(part) for part in parts())
    return f"| part | puzzles | you learn | |\n|---|---|---|---|\n{rows}\nThere are {len(puzzles())} puzzles so far.\n"


def _row(part: Part) -> str:
    numbers = [puzzle.number for puzzle in part.puzzles]
    link = colab_link(part.notebook)
    colab = f"[Colab]({link})" if link else ""
    return (
        f"| [{part.number} · {part.title}](../puzzles/index.md#part{part.number}) | {numbers[0]}–{numbers[-1]} |"
        f" {part.learn} | {colab} |\n"
    )
