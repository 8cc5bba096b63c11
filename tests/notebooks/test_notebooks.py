"""Every notebook runs from top to bottom: solved with the solutions put in, not started with the stubs."""

from __future__ import annotations

import pytest

pytest.importorskip("nbclient", reason="the notebooks' tests need the extra 'notebooks'")
pytest.importorskip("ipykernel", reason="the notebooks' tests need the extra 'notebooks'")

from running import as_committed, run, solved

from docs.make.source import Part, parts

PARTS = pytest.mark.parametrize("part", parts(), ids=lambda part: part.folder)


@PARTS
def test_with_the_solutions_every_check_says_solved(part: Part, tmp_path) -> None:
    shown = run(solved(part), tmp_path)
    verdicts = {puzzle.number: shown[f"puzzle{puzzle.number}-check"] for puzzle in part.puzzles}
    assert {number: text for number, text in verdicts.items() if "★★★" not in text or "✗" in text} == {}
    assert sorted(tmp_path.glob("puzzles/*/*.py")) == [tmp_path / puzzle.file for puzzle in part.puzzles]


@PARTS
def test_with_the_stubs_no_check_has_anything_to_judge(part: Part, tmp_path) -> None:
    shown = run(as_committed(part), tmp_path)
    verdicts = {puzzle.number: shown[f"puzzle{puzzle.number}-check"] for puzzle in part.puzzles}
    assert {number for number, text in verdicts.items() if "not started" not in text} <= {0}
