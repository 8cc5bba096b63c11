"""The site's pages of puzzles, one for each and one that lists them all: Markdown that git ignores."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from textwrap import indent

from docs.make.address import colab_link
from docs.make.runs import seen
from docs.make.source import Part, Puzzle, parts, puzzles

FOLDER = "docs/puzzles"

NAMES_OF_HINTS = ("A first hint", "A second hint", "The last hint")


def pages() -> Mapping[str, str]:
    """Every page of puzzles, by path."""
    return {f"{FOLDER}/index.md": index()} | {page_file(puzzle): page(puzzle) for puzzle in puzzles()}


def page_file(puzzle: Puzzle) -> str:
    """Where a puzzle's page stands, from the repository's root."""
    return f"{FOLDER}/{puzzle.slug}.md"


def page(puzzle: Puzzle) -> str:
    """A puzzle's page: all that its notebook has, in one place."""
    solution = f"{_code(puzzle.solution, puzzle.solution_file)}\n\n{puzzle.walkthrough}"
    return _joined(
        _front(f"{puzzle.number} · {puzzle.title}", _plain(_first_sentence(puzzle))),
        f"# Puzzle {puzzle.number} · {puzzle.title}",
        puzzle.statement,
        *_what_happens(puzzle),
        "## Your code { data-search-exclude }",
        _code(puzzle.stub, puzzle.file),
        f"Write it in that file{_or_in_colab(puzzle)}. Then ask for the verdict:",
        f"```bash\nminigrad check {puzzle.name}\n```",
        "## Hints { data-search-exclude }",
        *(_folded("tip", name, hint) for name, hint in zip(NAMES_OF_HINTS, puzzle.hints, strict=True)),
        "## Solution { data-search-exclude }",
        _folded("success", "The solution, and how to find it", solution),
    )


def index() -> str:
    """The page that lists the puzzles, part by part."""
    return _joined(
        _front("All puzzles", "All puzzles, part by part, each with what it asks for."),
        "# Puzzles",
        "Each puzzle needs one idea more than those before it. A part ends where you could write that chapter of a"
        " tensor library alone. Begin with [puzzle 1](puzzle1-map.md), or wherever you like.",
        *(_listed(part) for part in parts()),
    )


def _joined(*pieces: str) -> str:
    return "\n\n".join(pieces) + "\n"


def _listed(part: Part) -> str:
    rows = (
        f"| [{puzzle.number} · {puzzle.title}]({puzzle.slug}.md) | {_first_sentence(puzzle)} |"
        for puzzle in part.puzzles
    )
    return (
        f"## Part {part.number} · {part.title} {{ #part{part.number} }}\n\n"
        f"You learn: {part.learn}.{_in_colab(part)}\n\n"
        "| puzzle | it begins |\n|---|---|\n" + "\n".join(rows)
    )


def _front(title: str, description: str) -> str:
    quoted = description.replace("\\", "\\\\").replace('"', '\\"')
    return f'---\ntitle: "{title}"\ndescription: "{quoted}"\nhide: [toc]\n---'


def _what_happens(puzzle: Puzzle) -> Iterator[str]:
    pictures, steps = seen(puzzle)
    yield "## What has to happen { data-search-exclude }"
    first, *others = (f'<figure class="mg-figure">{picture}</figure>' for picture in pictures)
    yield first
    if others:
        functions = "function" if len(others) == 1 else f"{len(others)} functions"
        yield f'<details class="example"><summary>The other {functions}</summary>{"".join(others)}</details>'
    if steps:
        yield "### Step by step { data-search-exclude }"
        yield f'<div class="mg-figure">{steps}</div>'


def _code(code: str, file: str) -> str:
    return f'``` {{ .python title="{file}" }}\n{code.rstrip()}\n```'


def _folded(kind: str, title: str, text: str) -> str:
    return f'??? {kind} "{title}"\n\n{indent(text, "    ")}'


def _or_in_colab(puzzle: Puzzle) -> str:
    link = colab_link(puzzle.part.notebook)
    return f", or [open the notebook of this part in Colab]({link}#scrollTo=puzzle{puzzle.number}-stub)" if link else ""


def _in_colab(part: Part) -> str:
    link = colab_link(part.notebook)
    return f" [Open this part in Colab]({link})" if link else ""


def _first_sentence(puzzle: Puzzle) -> str:
    paragraph = " ".join(puzzle.statement.split("\n\n")[0].split())
    first = re.split(r"(?<=[.?!:]) ", paragraph)[0].replace("|", "\\|")
    return f"{first[:-1]} …" if first.endswith(":") else first


def _plain(markdown: str) -> str:
    return re.sub(r"[`*]|\\(?=\|)", "", markdown)
