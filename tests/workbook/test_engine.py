"""From a kernel to its verdict: what each of the five checks answers, and why."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import minigrad
from minigrad.workbook import engine
from minigrad.workbook.engine import check_file
from minigrad.workbook.numba_run import Outcome
from minigrad.workbook.verdict import CHECKS

pytestmark = pytest.mark.on_one_python

ROOT = Path(minigrad.__file__).parents[1]

HEAD = '''"""An answer."""

import math

import numpy as np
from numba import cuda, float32

from minigrad.workbook import puzzle

TPB = 8


@cuda.jit(device=True)
def add_ten(x):
    return x + 10


@puzzle("blocks")
@cuda.jit
def blocks(out, a, size):
    i = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
'''
FIRST_LINE = HEAD.count("\n") + 1
RIGHT = ("if i < size:", "    out[i] = a[i] + 10")


@pytest.fixture
def answer(tmp_path):
    def write(*lines):
        path = tmp_path / "puzzle03_blocks.py"
        path.write_text(HEAD + "".join(f"    {line}\n" for line in lines))
        return path

    return write


def statuses(verdict):
    return [verdict.checks[name].status for name in CHECKS]


def test_a_right_kernel_is_solved_with_three_stars(answer):
    verdict = check_file(answer(*RIGHT))
    assert (verdict.status, verdict.stars) == ("solved", 3)
    assert statuses(verdict) == ["passed"] * 5


def test_the_verdict_of_the_design_document(answer):
    verdict = check_file(answer("out[i] = a[i] + 10"))
    assert (verdict.status, verdict.stars) == ("failed", 1)
    assert statuses(verdict) == ["passed", "failed", "skipped", "skipped", "passed"]
    assert verdict.checks["safe"].message == (
        "out-of-bounds: thread 1 of block 0 read a[1]; a has 1 element\n"
        f"  puzzle03_blocks.py:{FIRST_LINE}    out[i] = a[i] + 10\n"
        "  smallest case: size=1, 1 block of 2 threads\n"
        "\n"
        "2 threads, 1 element: one thread has nothing to do."
    )
    fault, *_ = verdict.to_json()["checks"]["safe"]["faults"]
    assert (fault["kind"], fault["array"], fault["index"]) == ("out-of-bounds", "a", [1])
    assert (fault["block"], fault["thread"], fault["line"]) == ([0, 0, 0], [1, 0, 0], FIRST_LINE)


def test_a_wrong_result_is_shown_with_its_arrays(answer):
    verdict = check_file(answer("if i < size:", "    out[i] = a[i] + 10 + i"))
    assert statuses(verdict) == ["failed", "passed", "skipped", "skipped", "passed"]
    assert verdict.stars == 0
    assert "wrong result: out[1] is 13, expected 12" in verdict.checks["correct"].message
    assert "expected = [11, 12]" in verdict.checks["correct"].message


def test_elements_that_nobody_wrote_are_named_and_not_guessed_at(answer):
    verdict = check_file(answer("if i < size - 1:", "    out[i] = a[i] + 10"))
    assert statuses(verdict)[:2] == ["failed", "failed"]
    assert "wrong result: out[0] was never written; expected 11" in verdict.checks["correct"].message
    assert "unwritten: no thread wrote out[0]" in verdict.checks["safe"].message
    assert "out = [?]" in verdict.checks["correct"].message


def test_a_changed_input_is_not_safe(answer):
    verdict = check_file(answer("if i < size:", "    a[i] += 10", "    out[i] = a[i]"))
    assert statuses(verdict)[:2] == ["passed", "failed"]
    assert "changed-input: a[0] was 1 and is now 11" in verdict.checks["safe"].message


def test_a_race_names_both_lines(answer):
    verdict = check_file(answer("if i < size:", "    out[i] = a[i] + 10", "    if i > 0:", "        out[i - 1] = 0"))
    message = verdict.checks["safe"].message
    assert message.startswith("race: ")
    assert f":{FIRST_LINE + 1} " in message
    assert f":{FIRST_LINE + 3} " in message


def test_to_write_one_value_twice_costs_only_the_third_star(answer):
    verdict = check_file(answer(*RIGHT, "if i == size and i > 0:", "    out[i - 1] = a[i - 1] + 10"))
    assert (verdict.status, verdict.stars) == ("solved", 2)
    assert verdict.checks["efficient"].message.startswith("same-value-writes: ")


def test_too_many_reads_cost_only_the_third_star(answer):
    verdict = check_file(answer("if i < size:", "    out[i] = a[i] - a[i] + a[i] + 10"))
    assert (verdict.status, verdict.stars) == ("solved", 2)
    assert "a thread reads 3 elements of global memory; 1 would do" in verdict.checks["efficient"].message


def test_a_kernel_that_raises_is_answered_with_its_line(answer):
    verdict = check_file(answer("if i < size:", "    out[i] = a[i].mean_of_all() + 10"))
    assert verdict.status == "failed"
    assert statuses(verdict)[:4] == ["failed", "skipped", "skipped", "skipped"]
    assert "raised AttributeError" in verdict.checks["correct"].message
    assert f"puzzle03_blocks.py:{FIRST_LINE + 1}" in verdict.checks["correct"].message


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("raise SystemExit",), "raised SystemExit"),
        (("import sys", "sys.exit(3)"), "raised SystemExit: 3"),
        (("if i < size:", "    out[i / 1] = a[i] + 10"), "an index has to be an integer"),
        (("cuda.gird(1)", *RIGHT), "cuda has no 'gird'"),
        (("x = b[i]", *RIGHT), "name 'b' is not defined"),
    ],
)
def test_whatever_a_kernel_does_there_is_a_verdict(answer, lines, told):
    verdict = check_file(answer(*lines))
    assert verdict.status == "failed"
    assert told in verdict.checks["correct"].message


def test_a_kernel_that_hangs_is_found_out(answer):
    verdict = check_file(answer("while i < size:", "    out[i] = a[i] + 10"))
    assert statuses(verdict)[:2] == ["failed", "failed"]
    assert "the kernel does not come to its end" in verdict.checks["correct"].message
    assert verdict.checks["safe"].faults[0]["kind"] == "hang"
    assert verdict.checks["safe"].faults[0]["line"] == FIRST_LINE


def test_what_the_simulator_lacks_is_not_held_against_the_kernel(answer):
    verdict = check_file(answer("g = cuda.cg.this_grid()", *RIGHT))
    assert verdict.status == "error"
    assert "does not offer cuda.cg" in verdict.message


def test_a_kernel_that_does_not_compile_is_not_solved(answer):
    verdict = check_file(answer("pair = [x for x in range(2)]", *RIGHT))
    assert statuses(verdict) == ["passed", "passed", "passed", "passed", "failed"]
    assert verdict.status == "failed"
    told = verdict.checks["compiles"].message
    assert told.startswith(f"does not compile: Line {FIRST_LINE}, `pair = [x for x in range(2)]`: ")


def test_a_stub_is_not_started_and_nothing_runs(answer, monkeypatch):
    monkeypatch.setattr(engine, "_run_checks", None)
    verdict = check_file(answer("# Your code here."))
    assert (verdict.status, verdict.checks) == ("not-started", {})


@pytest.mark.parametrize("outcome", ["skipped", "raised", "timed-out"])
def test_what_numba_says_goes_into_its_check(answer, monkeypatch, outcome):
    from minigrad.workbook import numba_run

    monkeypatch.setattr(numba_run, "run", lambda *given, **named: Outcome(outcome, "numba has its reasons"))
    verdict = check_file(answer(*RIGHT))
    assert verdict.checks["numba"].status == ("failed" if outcome == "raised" else "skipped")
    assert "numba has its reasons" in verdict.checks["numba"].message
    assert verdict.solved == (outcome != "raised")


def test_an_answer_on_numba_that_differs_fails_its_check(answer, monkeypatch):
    from minigrad.workbook import numba_run

    monkeypatch.setattr(numba_run, "run", lambda *given, **named: Outcome("ran"))  # and leaves the outputs alone
    verdict = check_file(answer(*RIGHT))
    assert verdict.checks["numba"].status == "failed"
    assert "on numba's simulator out[0] is nan, expected" in verdict.checks["numba"].message


def test_numba_is_not_asked_about_an_unsafe_kernel(answer, monkeypatch):
    from minigrad.workbook import numba_run

    monkeypatch.setattr(numba_run, "run", None)
    assert check_file(answer("out[i] = a[i] + 10")).checks["numba"].status == "skipped"


@pytest.mark.parametrize("lines", [RIGHT, ("out[i] = a[i] + 10",), ("if i < size - 1:", "    out[i] = a[i] + 10")])
def test_the_same_file_always_gets_the_same_verdict(answer, lines):
    path = answer(*lines)
    program = (
        "import json, sys; from minigrad.workbook.engine import check_file;"
        "print(json.dumps(check_file(sys.argv[1]).to_json()))"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", program, path],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            cwd=path.parent,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert told == {json.dumps(check_file(path).to_json()) + "\n"}
    assert sorted(entry.name for entry in path.parent.iterdir() if entry.name != "__pycache__") == [path.name]


def test_another_seed_draws_other_cases(answer, monkeypatch):
    from minigrad.workbook import trial

    drawn = []
    plain = trial.try_case

    def noting(spec, kernel, case, **named):
        drawn.append(str(case))
        return plain(spec, kernel, case, **named)

    monkeypatch.setattr(trial, "try_case", noting)
    runs = []
    for seed in (1, 1, 2):
        drawn.clear()
        check_file(answer(*RIGHT), seed)
        runs.append(list(drawn))
    assert runs[0] == runs[1] != runs[2]


def test_an_exception_that_tells_a_novel_is_cut_short(answer):
    verdict = check_file(answer("raise ValueError('x' * 100_000)"))
    assert "raised ValueError: xxx" in verdict.checks["correct"].message
    assert len(verdict.checks["correct"].message) < 1000


def test_the_answer_of_a_comparison_is_a_number_as_on_a_gpu(answer):
    verdict = check_file(answer("if i < size:", "    out[i] = a[i] + 8 + ((a[i] == a[i]) + (a[i] == a[i]))"))
    assert (verdict.status, verdict.checks["correct"].status, verdict.checks["compiles"].status) == (
        "solved",
        "passed",
        "passed",
    )
    assert "comparison" in verdict.checks["numba"].message  # where numba's simulator computes as NumPy does
    assert not check_file(answer("if i < size:", "    out[i] = a[i] + 9 + ((a[i] > 0) | (a[i] <= 0)) * 2")).solved
    assert check_file(answer("if ~(i >= size):", "    out[i] = a[i] + 10")).solved


def test_a_helper_needs_no_more_than_cuda_jit(tmp_path):
    path = tmp_path / "puzzle03_blocks.py"
    path.write_text(HEAD.replace("(device=True)", "") + "    if i < size:\n        out[i] = add_ten(a[i])\n")
    verdict = check_file(path)
    assert verdict.solved
    numba = verdict.checks["numba"]  # the simulator of some versions wants device=True, that of others does not
    assert numba.status == "passed" or "@cuda.jit(device=True)" in numba.message


def test_a_slow_kernel_is_no_hang(answer):
    verdict = check_file(
        answer(
            "if i == 0:", "    for j in range(size):", "        for k in range(size):", "            out[k] = a[k] + 10"
        )
    )
    assert (verdict.status, verdict.stars) == ("solved", 2)


def test_blocks_may_be_large(answer):
    assert not check_file(answer("if i < size and cuda.threadIdx.x < 128:", "    out[i] = a[i] + 10")).solved


def test_a_kernel_from_a_factory_is_compiled_too(tmp_path):
    head, stub = HEAD.split("@puzzle")
    made = (
        f"@puzzle{stub}".replace("def blocks", "def kernel")
        + "    d = {0: 10}\n    if i < size:\n        out[i] = a[i] + d[0]\n"
    )
    body = "".join(f"    {line}\n" for line in made.splitlines())
    path = tmp_path / "puzzle03_blocks.py"
    path.write_text(f"{head}def make():\n{body}    return kernel\n\n\nblocks = make()\n")
    verdict = check_file(path)
    assert verdict.checks["compiles"].status == "failed"
    assert not verdict.solved
