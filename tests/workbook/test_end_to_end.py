"""From a folder that ``minigrad init`` made to a verdict, with nothing standing in for anything."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import minigrad
from minigrad.workbook.bundled import copy_into
from minigrad.workbook.judge import judge

pytestmark = pytest.mark.on_one_python

ROOT = Path(minigrad.__file__).parents[1]
PLUGIN = ("-p", "minigrad.workbook.pytest_plugin", "-p", "no:cacheprovider")

BLOCKS = "puzzles/part1_map/puzzle03_blocks.py"

HEAD = "import sys\nfrom numba import cuda\nfrom minigrad.workbook import puzzle\n"
KERNEL = '@puzzle("blocks")\n@cuda.jit\ndef blocks(out, a, size):\n    i = cuda.grid(1)\n'
RIGHT = f"{HEAD}{KERNEL}    if i < size:\n        out[i] = a[i] + 10\n"
UNGUARDED = f"{HEAD}{KERNEL}    out[i] = a[i] + 10\n"


@pytest.fixture
def workbook(tmp_path):
    copy_into(tmp_path)
    return tmp_path


def run(workbook, *arguments):
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        "COLUMNS": "100",
    }
    done = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=workbook, env=environment, capture_output=True, text=True
    )
    return done.returncode, done.stdout, done.stderr


def outcome(told):
    """What pytest's last line counts."""
    return {word: int(number) for number, word in re.findall(r"(\d+) (\w+)", told.strip().split("\n")[-1])}


def test_the_first_command_of_all(workbook):
    status, told, complaint = run(workbook, "minigrad", "check", "0")
    assert (status, complaint) == (0, "")
    assert told == (
        "puzzle 0 · hello   ★★★   correct ✓   safe ✓   efficient ✓   numba ✓   compiles ✓\n"
        "\n"
        "solved; next: puzzle 1 · map, in puzzles/part1_map/puzzle01_map.py\n"
    )


def test_a_puzzle_is_red_in_one_line_then_green(workbook):
    status, told, _ = run(workbook, "pytest", *PLUGIN, "puzzles/", "-k", "puzzle3")
    assert (status, outcome(told)["failed"], outcome(told)["skipped"]) == (1, 1, 4)
    assert f"\npuzzle 3 · blocks   not started; edit {BLOCKS}\n=" in told

    shutil.copy(workbook / "solutions/part1_map/puzzle03_blocks.py", workbook / BLOCKS)
    status, told, _ = run(workbook, "pytest", *PLUGIN, "puzzles/", "-k", "puzzle3")
    assert (status, outcome(told)["passed"]) == (0, 5)
    assert "\npuzzle 3 · blocks ★★★\n" in told


def test_a_fault_is_shown_as_it_was_designed(workbook):
    (workbook / BLOCKS).write_text(UNGUARDED)
    status, told, _ = run(workbook, "pytest", *PLUGIN, "puzzles/", "-k", "puzzle3")
    assert status == 1
    story = re.search(r"puzzle 3 · blocks   .☆☆   correct (.*?)  minigrad hint blocks\n", told, re.DOTALL)
    assert "safe ✗   efficient –   numba –   compiles ✓\n\n  out-of-bounds: thread " in story[0]
    assert "    puzzle03_blocks.py:8    out[i] = a[i] + 10\n" in story[0]
    assert "smallest case: size=" in story[0]


def test_json_tells_the_fault(workbook):
    (workbook / BLOCKS).write_text(UNGUARDED)
    status, told, _ = run(workbook, "minigrad", "check", "blocks", "--json")
    verdict = json.loads(told)
    assert (status, verdict["status"]) == (1, "failed")
    fault = verdict["checks"]["safe"]["faults"][0]
    assert (fault["kind"], fault["line"]) == ("out-of-bounds", 8)
    assert set(fault) >= {"kind", "array", "index", "block", "thread", "line", "source", "message"}


def judged(tmp_path, content):
    path = tmp_path / "puzzle03_blocks.py"
    path.write_text(content)
    return judge(path)


def test_the_same_file_gets_the_same_verdict(tmp_path):
    first, again = judged(tmp_path, UNGUARDED), judged(tmp_path, UNGUARDED)
    assert first[0].to_json() == again[0].to_json()


def test_an_edit_gets_another(tmp_path):
    assert judged(tmp_path, UNGUARDED)[0].status == "failed"
    assert judged(tmp_path, RIGHT)[0].status == "solved"


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("raise ValueError('mine')", "mine"),
        ("out[i] = undefined", "undefined"),
        ("sys.exit(0)", "raised SystemExit"),
        ("cuda.syncthreads(); sys.exit(0)", "raised SystemExit"),
        ("blocks(out, a, size)", "RecursionError"),
        ("out[i] = input()", "EOFError"),
        ("out[i] = a[i] + 'x'", "puzzle03_blocks.py:8"),
        ("while True: pass", "hang: thread 0 of block 0 is still in this loop"),
        ("for line in range(10**4): print(line)", "lines in all"),
    ],
)
def test_a_kernel_that_goes_wrong_is_a_failure_and_is_explained(tmp_path, line, word):
    verdict, printed = judged(tmp_path, f"{HEAD}{KERNEL}    {line}\n")
    assert verdict.status == "failed"
    assert word in json.dumps(verdict.to_json()) + printed
    assert "Traceback" not in json.dumps(verdict.to_json())


def test_what_a_right_kernel_prints_is_cut_short(tmp_path):
    verdict, printed = judged(tmp_path, RIGHT.replace("        out", "        print(i)\n        out"))
    assert verdict.checks["correct"].status == "passed"
    assert len(printed.split("\n")) == 11
    assert printed.endswith("lines in all")


def test_an_interrupt_in_a_kernel_is_passed_on(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        judged(tmp_path, f"{HEAD}{KERNEL}    raise KeyboardInterrupt\n")


def test_after_an_interrupt_verdicts_are_as_before(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        judged(tmp_path, f"{HEAD}{KERNEL}    cuda.syncthreads()\n    raise KeyboardInterrupt\n")
    assert judged(tmp_path, RIGHT)[0].status == "solved"
