"""Every notebook runs from top to bottom: solved with the solutions put in, not started with the stubs."""

from __future__ import annotations

import pytest
from running import as_committed, notebook_of, run, solved

from docs.make.notebooks import INSTALL
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


SOLUTION = next(puzzle for part in parts() for puzzle in part.puzzles if puzzle.name == "block_sum").solution


def test_where_numba_cuda_was_imported_first_it_is_said_what_to_do_and_the_rest_works(tmp_path) -> None:
    cells = {"earlier": "from numba import cuda", "install": INSTALL, "answer": SOLUTION, "check": "block_sum.check()"}
    shown = run(notebook_of(cells), tmp_path)
    if "A GPU was found" in shown["install"]:
        pytest.skip("with a GPU that does no harm")
    assert "numba.cuda was imported before the workbook was" in shown["install"]
    assert "restart it" in shown["install"]
    assert "★★★   correct ✓   safe ✓   efficient ✓   numba –   compiles ✓" in shown["check"]


def test_the_first_cell_says_whether_there_is_a_gpu_and_can_be_run_again(tmp_path) -> None:
    shown = run(notebook_of({"first": INSTALL, "again": INSTALL}), tmp_path)
    assert shown["first"] == shown["again"]
    assert "GPU was found" in shown["first"]
