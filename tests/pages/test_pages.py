"""The pages that are made: what a puzzle's page has, where the puzzles stand, and where the address comes from."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

for module in ("nbformat", "griffe"):
    pytest.importorskip(module, reason="making the site's pages needs the extra 'docs'")

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from docs.make import formulas, makers, navigation, pages, runs  # noqa: E402
from docs.make.docstrings import as_markdown  # noqa: E402
from docs.make.source import Puzzle, puzzles  # noqa: E402

pytestmark = pytest.mark.on_one_python

each_puzzle = pytest.mark.parametrize("puzzle", puzzles(), ids=lambda puzzle: puzzle.slug)


@each_puzzle
def test_a_page_has_the_whole_puzzle_with_hints_and_solution_folded_away(puzzle: Puzzle) -> None:
    page = pages.page(puzzle)
    order = [
        page.index(piece)
        for piece in (
            puzzle.statement,
            "<svg",
            puzzle.stub.rstrip(),
            f"minigrad check {puzzle.name}",
            *(f"    {hint}" for hint in puzzle.hints),
            f"    {puzzle.walkthrough.splitlines()[0]}",
        )
    ]
    assert order == sorted(order)
    assert page.count('??? tip "') == 3
    assert puzzle.solution == puzzle.stub or f"\n{puzzle.solution.rstrip()}" not in page  # but indented, in the fold
    assert ("mg-player" in page) == puzzle.is_kernel


def test_the_player_does_not_show_the_solution() -> None:
    [puzzle] = [each for each in puzzles() if each.name == "shared"]
    _, steps = runs.seen(puzzle)
    assert "stretch[length" in puzzle.solution
    assert "stretch[length" not in steps


def test_a_solution_that_is_wrong_gets_no_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [puzzle] = [each for each in puzzles() if each.name == "blocks"]
    file = tmp_path / puzzle.solution_file
    file.parent.mkdir(parents=True)
    file.write_text((ROOT / puzzle.solution_file).read_text().replace("+ 10", "+ 11"))
    monkeypatch.setattr(runs, "ROOT", tmp_path)
    with pytest.raises(ValueError, match="not right"):
        runs.seen(replace(puzzle))


def test_every_puzzle_is_in_the_list_and_in_the_navigation_in_order() -> None:
    names = [puzzle.slug for puzzle in puzzles()]
    assert re.findall(r"^\| \[\d+ · .*?\((puzzle\d+-[\w-]+)\.md\)", pages.index(), re.MULTILINE) == names
    assert re.findall(r": puzzles/(puzzle\d+-[\w-]+)\.md", navigation.navigation()["mkdocs.yml"]) == names


def test_what_is_made_no_longer_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(makers, "ROOT", tmp_path)
    makers.write({f"{makers.OWN}/old.md": "", f"{makers.OWN}/new.md": ""})
    assert makers.remove_what_is_made_no_longer([f"{makers.OWN}/new.md"]) == [f"{makers.OWN}/old.md"]
    assert [file.name for file in (tmp_path / makers.OWN).iterdir()] == ["new.md"]


def test_a_site_can_be_made_without_npm(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(formulas, "ROOT", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert formulas.formulas() == {}
    assert "npm is not installed" in capsys.readouterr().err


def test_docstrings_become_markdown() -> None:
    given = "See :class:`~minigrad.Trace`.\n\n>>> 1 + 1\n2\n\nThat is all."
    assert as_markdown(given) == "See `minigrad.Trace`.\n\n\n```pycon\n>>> 1 + 1\n2\n```\n\n\nThat is all."
