"""The notebooks, one a part: of each puzzle the statement, the stub, and a cell for each thing that can be asked.

They are committed without outputs. Cells have identifiers of our own, so that making them again changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from docs.make.address import NEEDS, REPOSITORY, REQUIREMENT, colab_link, file_link
from docs.make.source import Part, Puzzle, parts

QUIZZES = {"part5_gradients": ("gradients", "Gradients, forwards and backwards")}
"""The lesson that goes with a part: its file's name, and its title."""

WORDING = (
    (r"Run `pytest puzzles/ -k puzzle\d+`", "Run the cell that ends in `check()`"),
    (r"\b([Yy]our|[Tt]he)(\s+)file\b", r"\1\2cell"),
)
"""What a statement says of files, and what a notebook says instead."""

INSTALL = f'''\
# Run this cell first, and again after each restart. It installs minigrad, unless that is here already.
try:
    import minigrad.workbook
except ImportError:
    import importlib.metadata, pathlib, subprocess, sys, tempfile

    # What is here already stays as it is.
    here = {{(each.name or "").lower().replace("_", "-"): each.version for each in importlib.metadata.distributions()}}
    names = ("numba", "llvmlite", "numpy", "numba-cuda", "ipywidgets")
    kept = [f"{{name}}=={{here[name]}}" for name in names if name in here]
    constraint = pathlib.Path(tempfile.mkdtemp(), "constraint.txt")
    constraint.write_text("\\n".join(kept))
    wanted = "{REQUIREMENT}"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--constraint", str(constraint), wanted]
    if subprocess.run(pip).returncode:
        print("minigrad could not be installed beside", *kept)
        print("It needs {NEEDS}. What pip says above tells more.")
    importlib.invalidate_caches()

from minigrad.workbook import begin

begin()
'''
"""The first cell. Nothing is compiled: the package is Python, and what it needs comes ready made."""


def notebooks() -> dict[str, str]:
    """Every notebook's text, by its path from the repository's root."""
    return {part.notebook: text_of(notebook(part)) for part in parts()}


def text_of(made: NotebookNode) -> str:
    """A notebook as it stands in its file."""
    nbformat.validate(made)
    return nbformat.writes(made).rstrip("\n") + "\n"


def notebook(part: Part) -> NotebookNode:
    """The notebook of a part."""
    cells = [_text("about", _about(part)), _code("install", INSTALL)]
    for puzzle in part.puzzles:
        cells += _cells(puzzle)
    cells += _quiz(part)
    cells += [_text("end", _end(part)), _code("save", "from minigrad.workbook import restore, save\n\nsave()")]
    cells.append(_code("restore", f'restore("part{part.number}")'))
    made = new_notebook(cells=cells)
    made.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    return made


def _text(name: str, text: str) -> NotebookNode:
    return new_markdown_cell(text.strip(), id=name)


def _code(name: str, text: str) -> NotebookNode:
    return new_code_cell(text.strip(), id=name)


def _about(part: Part) -> str:
    first, last = part.puzzles[0], part.puzzles[-1]
    open_in_colab = colab_link(part.notebook)
    return f"""
# Part {part.number} · {part.title}

Puzzles {first.number} to {last.number} of [minigrad puzzles]({REPOSITORY}). You learn: {part.learn}. For each puzzle
there is a cell to write your answer in. Run it, and then the cell below it, which checks your answer. The others
show what your answer does, and give you a hint.
{f"{chr(10)}[Open this notebook in Colab]({open_in_colab}){chr(10)}" if open_in_colab else ""}"""


def _cells(puzzle: Puzzle) -> Iterator[NotebookNode]:
    name = f"puzzle{puzzle.number}"
    asked = puzzle.answers[0]
    yield _text(f"{name}-statement", f"## Puzzle {puzzle.number} · {puzzle.title}\n\n{_worded(puzzle.statement)}")
    yield _code(f"{name}-stub", puzzle.stub)
    yield _code(f"{name}-check", f"{asked}.check()")
    yield _code(f"{name}-show", f"{asked}.show()")
    if puzzle.is_kernel:
        yield _code(f"{name}-step", f"{asked}.step()")
    yield _code(f"{name}-hint", f"{asked}.hint()")


def _worded(statement: str) -> str:
    for pattern, instead in WORDING:
        statement = re.sub(pattern, instead, statement)
    return statement


def _quiz(part: Part) -> Iterator[NotebookNode]:
    if part.folder in QUIZZES:
        lesson, title = QUIZZES[part.folder]
        link = file_link(f"docs/lessons/{lesson}.md")
        yield _text(
            "quiz-about", f"## Quiz\n\nThese are the questions of the lesson [{title}]({link}). Choose an answer."
        )
        yield _code("quiz", f'from minigrad.workbook import quiz\n\nquiz("{lesson}")')


def _end(part: Part) -> str:
    last = part.puzzles[-1].next
    if last is None:
        following = "This is the last part so far."
    else:
        following_part = last.part
        address = colab_link(following_part.notebook) or file_link(following_part.notebook)
        following = (
            f"Next comes [part {following_part.number}, {following_part.title}]({address}): {following_part.learn}."
        )
    return f"""
## What comes next

{following}

Your answers live in this notebook. `save()` writes them as puzzle files as well, into the folder `puzzles` beside it,
where `minigrad check` and pytest find them; `save("another/folder")` writes them elsewhere. In Colab, choose a folder
that outlives the session, such as one on your Drive. In a new session, run the first cell and then `restore`, and your
answers are back. `restore({part.puzzles[0].number})` also puts the answer to that puzzle into a new cell.
"""
