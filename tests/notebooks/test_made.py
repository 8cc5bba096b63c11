"""The notebooks are made from the puzzles and from nothing else, and making them again changes nothing."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import pytest

from docs.make import address, notebooks
from docs.make.source import parts, puzzles
from minigrad.workbook.checks import all_specs
from minigrad.workbook.display import answers

PARTS = pytest.mark.parametrize("part", parts(), ids=lambda part: part.folder)


@PARTS
def test_what_is_committed_is_what_is_made(part):
    committed = (address.ROOT / part.notebook).read_bytes()
    assert committed == notebooks.text_of(notebooks.notebook(part)).encode("utf-8"), "run: python docs/make"


@PARTS
def test_a_notebook_has_no_outputs_and_identifiers_of_our_own(part):
    made = notebooks.notebook(part)
    names = [cell.id for cell in made.cells]
    assert len(set(names)) == len(names)
    assert {"install", "save", "restore", *(f"puzzle{puzzle.number}-stub" for puzzle in part.puzzles)} <= set(names)
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in made.cells)


def test_every_puzzle_is_in_one_notebook_with_a_cell_for_each_thing_to_ask():
    cells = {cell.id: cell.source for part in parts() for cell in notebooks.notebook(part).cells if "puzzle" in cell.id}
    for spec in all_specs():
        name, asked = f"puzzle{spec.number}", answers(spec)[0]
        assert cells[f"{name}-check"] == f"{asked}.check()"
        assert cells[f"{name}-hint"] == f"{asked}.hint()"
        assert f'@puzzle("{spec.name}")' in cells[f"{name}-stub"]
        assert cells[f"{name}-statement"].startswith(f"## Puzzle {spec.number} · ")
    assert [puzzle.answers for puzzle in puzzles()] == [answers(spec) for spec in all_specs()]


def test_a_statement_speaks_of_cells_not_of_files_or_commands():
    texts = [cell.source for part in parts() for cell in notebooks.notebook(part).cells if "statement" in cell.id]
    assert not [text for text in texts if "your file" in text or "pytest" in text or "minigrad check" in text]


def test_the_address_stands_in_one_place(monkeypatch):
    tracked = subprocess.run(
        ["git", "grep", "-l", "-F", address.REPOSITORY], cwd=address.ROOT, capture_output=True, text=True, check=False
    )
    if tracked.returncode == 128:
        pytest.skip("this is no clone")
    made = {part.notebook for part in parts()}
    assert set(tracked.stdout.split()) - made <= {"pyproject.toml", "README.md"}


@pytest.mark.parametrize(
    ("home", "link"),
    [
        ("https://github.com/a/b", "https://colab.research.google.com/github/a/b/blob/main/x.ipynb"),
        ("https://example.org/a/b", ""),
    ],
)
def test_colab_opens_what_it_can_read(monkeypatch, home, link):
    monkeypatch.setattr(address, "REPOSITORY", home)
    assert address.colab_link("x.ipynb") == link


# The first cell, where minigrad is missing


def installing(monkeypatch, returncode: int) -> dict[str, str]:
    """What the first cell asks pip for, and the constraint that it gives it."""
    asked = {}

    def run(command):
        asked["wanted"] = command[-1]
        asked["constraint"] = Path(command[command.index("--constraint") + 1]).read_text(encoding="utf-8")
        monkeypatch.undo()  # now it is there
        return SimpleNamespace(returncode=returncode)

    monkeypatch.setitem(sys.modules, "minigrad.workbook", None)
    monkeypatch.setattr(subprocess, "run", run)
    code = notebooks.INSTALL.replace("\nbegin()\n", "\n")
    exec(compile(code, "install", "exec"), {})
    return asked


def test_where_minigrad_is_missing_it_is_installed_beside_the_numba_and_numpy_that_are_there(monkeypatch):
    asked = installing(monkeypatch, 0)
    assert asked["wanted"] == f"minigrad-puzzles @ git+{address.REPOSITORY}"
    constraint = asked["constraint"].splitlines()
    assert {f"{name}=={metadata.version(name)}" for name in ("numba", "numpy", "llvmlite")} <= set(constraint)
    assert all(
        line.partition("==")[0] in ("numba", "llvmlite", "numpy", "numba-cuda", "ipywidgets") for line in constraint
    )


def test_where_pip_fails_it_is_said_beside_what(monkeypatch, capsys):
    installing(monkeypatch, 1)
    assert f"could not be installed beside numba=={metadata.version('numba')}" in " ".join(
        capsys.readouterr().out.split()
    )


def test_where_minigrad_is_there_nothing_is_installed(monkeypatch):
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("it asks pip"))
    exec(compile(notebooks.INSTALL.replace("\nbegin()\n", "\n"), "install", "exec"), {})
