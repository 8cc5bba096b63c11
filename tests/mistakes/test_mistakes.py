"""The bank of mistakes: kernels and functions as people write them, right and wrong, and the verdict each must get.

Every file in ``kernels/<part>/<puzzle>/`` is a puzzle file like a learner's. Its docstring says what is wrong, or why
it is right all the same, and ``EXPECT`` says what comes of it:

``"solved"``
    all checks that the puzzle has pass, with three stars.
``{"correct": "passed", "safe": "failed", "fault": "out-of-bounds"}``
    these checks end like that, and ``safe`` names this kind of fault: one of the simulator's, ``unwritten``,
    ``changed-input`` or, of a function's result, ``shared-memory``. ``safe`` is ``"skipped"`` where a function raises
    what it should not. A check that is not mentioned may end as it likes; where threads race, the answer may be right
    by chance, so nothing need be said of ``correct``.

To add a mistake, add a file.
"""

import ast
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from minigrad.draw import page
from minigrad.draw.run import Run
from minigrad.draw.scene import Scene
from minigrad.simulator import FAULT_KINDS
from minigrad.workbook.checks import all_specs, spec_of
from minigrad.workbook.engine import check
from minigrad.workbook.live import live
from minigrad.workbook.load import load
from minigrad.workbook.puzzle import Puzzle
from minigrad.workbook.verdict import NEEDED, Verdict

pytestmark = pytest.mark.on_one_python

KERNELS = Path(__file__).parent / "kernels"
FILES = sorted(KERNELS.glob("*/*/*.py"))
NAMES = [path.relative_to(KERNELS).with_suffix("").as_posix() for path in FILES]

MOST_BYTES = 300_000
"""A page is no larger."""

KINDS = (*FAULT_KINDS, "unwritten", "changed-input", "shared-memory", "stray-write")


def all_passed(path: Path) -> dict[str, str]:
    """What a verdict with three stars says: the puzzle's checks, whichever it has."""
    return dict.fromkeys(spec_of(path.parent.name).checks, "passed")


@cache
def expected(path: Path) -> tuple[dict[str, str], str | None]:
    """What the checks that matter must say, and the kind of fault to be named, if any."""
    for statement in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "EXPECT":
            value = ast.literal_eval(statement.value)
            if value == "solved":
                return all_passed(path), None
            return {name: status for name, status in value.items() if name != "fault"}, value.get("fault")
    raise AssertionError(f"{path} does not say what to EXPECT")


def is_accepted(path: Path) -> bool:
    """Whether the kernel solves its puzzle, if perhaps without the third star."""
    checks, _ = expected(path)
    return all(checks.get(name) != "failed" for name in NEEDED)


def outcome(verdict: Verdict) -> dict[str, str]:
    return {name: check.status for name, check in verdict.checks.items()}


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_kernel_gets_the_verdict_that_it_deserves_and_is_drawn(path: Path, seed: int) -> None:
    checks, fault = expected(path)
    puzzle = load(path)
    verdict = check(puzzle, seed)
    assert verdict.puzzle == path.parent.name
    said = outcome(verdict)
    assert set(said) == set(all_passed(path))
    if checks.get("numba") == "skipped" and said.get("numba") == "passed":
        said["numba"] = "skipped"  # a GPU has what numba's simulator lacks
    assert {name: said.get(name) for name in checks} == checks, verdict
    assert verdict.solved == is_accepted(path), verdict
    if fault:
        safe = verdict.checks["safe"]
        assert fault in {safe.message.partition(":")[0], *(found["kind"] for found in safe.faults)}, verdict
    if seed == 0:
        is_drawn(puzzle)


def is_drawn(puzzle: Puzzle) -> None:
    """A page of it can be made, of a kernel with every step, and it tells what is wrong."""
    run = live(puzzle).run
    assert len(page(run).encode()) < MOST_BYTES
    if isinstance(run, Run):
        scene = Scene(run)
        faulty = [number for number, step in enumerate(scene.replay.steps) if step.is_faulty]
        assert bool(faulty) == bool(run.error or (run.trace is not None and run.trace.faults))
        assert all("mg-caption mg-bad" in scene.html(number) for number in faulty)


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_what_a_file_expects_can_come_true(path: Path) -> None:
    checks, fault = expected(path)
    assert set(checks) <= set(all_passed(path))
    assert set(checks.values()) <= {"passed", "failed", "skipped"}
    may_be_skipped = {"numba", "safe"} if checks.get("correct") == "failed" else {"numba"}
    assert all(name in may_be_skipped for name, status in checks.items() if status == "skipped")
    assert "safe" in checks and ("correct" in checks or fault == "race"), "both of these are always said"
    assert set(checks) == set(all_passed(path)) or "failed" in checks.values()
    assert fault is None or (fault in KINDS and checks["safe"] == "failed")


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_a_file_says_in_a_sentence_what_it_is(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert said and said.endswith(".") and "\n" not in said


@pytest.mark.parametrize("name", [spec.name for spec in all_specs() if spec.number > 0])
def test_every_puzzle_has_four_wrong_solutions_and_two_right_ones(name: str) -> None:
    mine = [path for path in FILES if path.parent.name == name]
    counts = Counter(expected(path)[0] == all_passed(path) for path in mine)
    assert counts[False] >= 4 and counts[True] >= 2
