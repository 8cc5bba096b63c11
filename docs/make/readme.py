"""What the README takes over from elsewhere: a verdict and its picture, and the parts with their notebooks' links."""

from __future__ import annotations

import re
from collections.abc import Mapping

from docs.make.address import ROOT, colab_link
from docs.make.home import home
from docs.make.source import Part, parts
from docs.make.words import WORDS

FILE = "README.md"
PICTURE = "docs/assets/verdict.svg"


def readme() -> Mapping[str, str]:
    """``README.md`` with what stands between its comments, such as ``<!-- parts -->``, made anew; and its picture."""
    text = (ROOT / FILE).read_text(encoding="utf-8")
    pieces = home()
    text = _put(text, "verdict", f"```\n{pieces[f'{WORDS}/wrong.txt']}```\n")
    text = _put(text, "parts", _table())
    return {FILE: text, PICTURE: pieces[f"{WORDS}/wrong-alone.svg"]}


def _put(text: str, name: str, made: str) -> str:
    begin, end = f"<!-- {name}: made by `python docs/make` -->\n", f"<!-- end of {name} -->\n"
    put, times = re.subn(f"(?s){re.escape(begin)}.*?{re.escape(end)}", lambda _: begin + made + end, text)
    if times != 1:
        raise ValueError(f"{FILE} has lost the comments between which its {name} stand")
    return put


def _table() -> str:
    return "| part | puzzles | you learn | |\n|---|---|---|---|\n" + "".join(_row(part) for part in parts())


def _row(part: Part) -> str:
    numbers = [puzzle.number for puzzle in part.puzzles]
    link = colab_link(part.notebook)
    badge = "[![open in Colab](https://colab.research.google.com/assets/colab-badge.svg)]"
    colab = f"{badge}({link})" if link else f"[notebook]({part.notebook})"
    return f"| {part.number} · {part.title} | {numbers[0]}–{numbers[-1]} | {part.learn} | {colab} |\n"
