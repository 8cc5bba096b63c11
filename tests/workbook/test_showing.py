"""What ``show()`` and ``step()`` are given to draw: which launch of a kernel, which call of a function, and what is
seen there.
"""

import ast
import os
from pathlib import Path

import numpy as np
import pytest

import minigrad
from minigrad.draw.run import Calls, Run
from minigrad.workbook import explain
from minigrad.workbook.checks import spec_of
from minigrad.workbook.engine import find
from minigrad.workbook.found import keep
from minigrad.workbook.live import live
from minigrad.workbook.load import load
from minigrad.workbook.puzzle import FunctionPuzzle
from minigrad.workbook.spec import KernelSpec
from minigrad.workbook.variants import Variants

pytestmark = pytest.mark.on_one_python

ROOT = Path(minigrad.__file__).parents[1]
SOLUTIONS = sorted((ROOT / "solutions").glob("*/*.py"))
STUBS = sorted((ROOT / "puzzles").glob("*/*.py"))
BANK = ROOT / "tests" / "mistakes" / "kernels"
FOLDERS = sorted({path.parent for path in BANK.glob("*/*/*.py")})

ALL = bool(os.environ.get("EVERY_MISTAKE"))
"""With ``EVERY_MISTAKE=1`` every file of the bank is looked at, not two for each puzzle."""


def of_the_bank(each: int) -> list[Path]:
    """Answers from the bank of mistakes, so many for each puzzle."""
    found: list[Path] = []
    for folder in FOLDERS:
        answers = sorted(folder.glob("*.py"))
        found += answers if ALL else answers[:: max(1, len(answers) // each)][:each]
    return found


def wrong_kernels() -> list[Path]:
    """One for each puzzle, or all."""
    found: list[Path] = []
    for folder in FOLDERS:
        if isinstance(spec_of(folder.name), KernelSpec):
            wrong = (path for path in sorted(folder.glob("*.py")) if is_wrong(path))
            found += wrong if ALL else [next(wrong)]
    return found


def is_wrong(path: Path) -> bool:
    for statement in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "EXPECT":
            expected = ast.literal_eval(statement.value)
            return isinstance(expected, dict) and "failed" in (expected.get("correct"), expected.get("safe"))
    raise AssertionError(f"{path} does not say what to EXPECT")


def named(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


# Right answers: an example that is small and shows what matters


@pytest.mark.parametrize("path", SOLUTIONS, ids=[path.stem for path in SOLUTIONS])
def test_a_right_answer_is_shown_at_work_on_something_small(path):
    answer = load(path)
    for each in [answer, *(answer.functions.values() if isinstance(answer, FunctionPuzzle) else ())]:
        keep(each, None)  # as a check does
    seen = live(answer)
    assert seen.run.agrees
    assert seen.run.title.startswith(f"puzzle {answer.number} · {answer.name}")
    if isinstance(seen.run, Calls):
        assert any(np.size(value) for value in seen.run.arguments.values())
        return
    trace = seen.run.trace
    assert len(trace.events) <= 500
    assert seen.run.loops == (answer.spec.target == "cpu")
    if not seen.run.loops:
        assert 1 <= np.prod(trace.grid) <= 6 and 4 <= np.prod(trace.block) <= 24
        assert np.prod(trace.grid) * np.prod(trace.block) <= 64
    assert {event.line for event in trace.events} <= set(seen.run.source)
    names = {event.array for event in trace.accesses}
    assert names <= {*seen.run.before, *seen.run.shapes}
    assert not set(seen.run.shapes) & set(seen.run.before)
    assert any(seen.run.expected[name].size for name in seen.run.outputs)


@pytest.mark.parametrize("path", STUBS, ids=[path.stem for path in STUBS])
def test_a_stub_is_shown_with_nothing_computed(path):
    run = live(load(path)).run
    if path.stem == "puzzle00_hello":  # solved when it comes
        assert run.agrees
    elif isinstance(run, Run):
        assert not run.agrees
        assert not run.trace or not any(event.verb != "read" for event in run.trace.accesses)
    else:
        assert (run.mistake, run.given) == ("not written yet", None)


# The bank of mistakes


@pytest.mark.parametrize("path", of_the_bank(2), ids=named)
def test_a_picture_of_any_answer_has_all_it_needs(path):
    seen = live(load(path))
    for run in (seen.run, seen.rerun()):
        if isinstance(run, Calls):
            assert run.call and (run.agrees or run.mistake)
        else:
            assert run.trace is not None or run.error
            assert run.trace is None or len(run.trace.events) < 20_000
            assert set(run.expected) == set(run.wrong) == set(run.outputs)


@pytest.mark.parametrize("path", wrong_kernels(), ids=named)
def test_what_is_shown_of_a_wrong_kernel_is_the_case_that_the_verdict_names(path):
    answer = load(path)
    findings = find(answer, Variants(answer))
    run = live(answer).run
    assert not run.agrees
    worst = findings.smallest
    if not worst:  # inputs that are written and put back are found in a recording, and the verdict's is large
        assert run.spoilt
        return
    told = explain.wrong_result(worst["correct"]) if "correct" in worst else explain.not_safe(worst["safe"])
    assert f"smallest case: {run.launch}\n" in f"{told}\n"
