"""A kernel's profile as a table: what it shows, how it fits, and what the budget makes of it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numba
import numpy as np
import pytest
from numba import cuda
from typer.testing import CliRunner

import minigrad
from minigrad.simulator import launch
from minigrad.workbook.checks import spec_of
from minigrad.workbook.cli import app
from minigrad.workbook.efficiency import over_budget
from minigrad.workbook.load import load
from minigrad.workbook.profile_table import ProfileTable
from minigrad.workbook.spec import Budget
from minigrad.workbook.trial import Trial
from minigrad.workbook.verdict import CHECKS, Check, Verdict

pytestmark = pytest.mark.on_one_python

ROOT = Path(minigrad.__file__).parents[1]

HEAD = """
from numba import cuda

from minigrad.workbook import puzzle


"""


@pytest.fixture
def profile_of(tmp_path):
    """The profile of a kernel for a puzzle: its file, the parameters and its lines."""

    def made(file: str, parameters: str, *lines: str) -> ProfileTable:
        path = tmp_path / file
        name = file[9:-3]
        body = "".join(f"    {line}\n" for line in lines)
        path.write_text(f'{HEAD}@puzzle("{name}")\n@cuda.jit\ndef {name}({parameters}):\n{body}')
        return load(path).profile()

    return made


def solution(part: str, file: str) -> ProfileTable:
    return load(ROOT / "solutions" / part / file).profile()


# What it shows


def without_line_numbers(text: object) -> str:
    """The table with ``ii`` for each number of a line, so that a solution may grow a line."""
    return re.sub(r"(?m)^    \d\d ", "    ii ", str(text))


def test_a_solution_with_its_budget():
    assert without_line_numbers(solution("part1_map", "puzzle06_grid_stride.py")) == (
        "puzzle 6 · grid_stride\n"
        "\n"
        "  profile at size=1024, 2 blocks of 64 threads\n"
        "\n"
        "  line reads writes sectors  source\n"
        "    ii  1024   1024     256  out[i] = a[i] + 10\n"
        "  ---------------------------------\n"
        "        1024   1024     256  in all; budget: 1024 reads, 1024 writes, 320\n"
        "                             sectors"
    )


def test_a_kernel_that_goes_down_the_columns_sees_why_it_loses_its_star(profile_of):
    table = profile_of(
        "puzzle05_blocks_2d.py",
        "out, a, rows, cols",
        "row = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x",
        "for column in range(cuda.threadIdx.y, cols, cuda.blockDim.y):",
        "    if row < rows and cuda.blockIdx.y == 0:",
        "        out[row, column] = a[row, column] + 10",
    )
    assert str(table) == (
        "puzzle 5 · blocks_2d\n"
        "\n"
        "  profile at rows=64, cols=64, 2 x 32 blocks of 32 x 2 threads\n"
        "\n"
        "  line reads writes sectors  source\n"
        "    13  4096   4096    8192  out[row, column] = a[row, column] + 10\n"
        "  ---------------------------------\n"
        "        4096   4096    8192  in all; budget: 1280 sectors (exceeded)\n"
        "          32     32          the busiest thread; budget: 1 read (exceeded), 1\n"
        "                             write (exceeded)"
    )


def test_columns_in_which_there_is_nothing_are_left_out(profile_of):
    text = profile_of("puzzle03_blocks.py", "out, a, size", "i = cuda.grid(1)", "if i % 2:", "    out[i] = 1").text()
    assert text.split("\n")[4:8] == [
        "                      diver-",
        "  line writes sectors   gent  source",
        "    11                     8  if i % 2:",
        "    12    128      32         out[i] = 1",
    ]


def test_shared_memory_barriers_and_the_busiest_block_have_their_places():
    text = without_line_numbers(solution("part3_reduce", "puzzle14_pooling.py"))
    assert text.split("\n")[4:7] == [
        "                            shared shared diver-  bar-",
        "  line reads writes sectors  reads writes   gent riers  source",
        "    ii   256             32           256               window[t + 2] = a[i]",
    ]
    assert "    ii                                               4  cuda.syncthreads()\n" in text
    assert "\n          66                                            the busiest block;\n" in text
    assert "\n                                                        budget: 67 reads\n" in text


def test_the_table_of_a_kernel_for_the_processor_speaks_of_iterations():
    table = solution("part4_strides", "puzzle30_tensor_map.py")
    assert table.profile.total.reads > 0
    assert not re.search("thread|block", table.text())


def test_a_kernel_that_does_nothing_worth_counting_says_so(profile_of):
    text = profile_of("puzzle03_blocks.py", "out, a, size", "for _ in range(3):", "    i = 0").text()
    assert "No thread touches memory, waits at a barrier or parts from its warp." in text


# Kernels that are not right


@pytest.mark.parametrize(
    ("lines", "told", "reads"),
    [
        (("if i < size:", "    out[i] = a[i] + 11"), "The kernel is not correct yet. This is what it does", True),
        (("a[i] += 10", "out[i] = a[i]"), "The kernel is not safe yet.", True),
        (("if i < size - 1:", "    out[i] = a[i] + 10"), "The kernel is neither correct nor safe yet.", True),
        (("a[0]", "while i == 0:", "    size += 1"), "The kernel does not come to its end.", True),
        (("out[i] = a[i].mean_of_all()",), "There is no profile: thread 0 of block 0 raised AttributeError", False),
        (("cuda.cg.this_grid()",), "There is no profile: the simulator does not offer", False),
    ],
    ids=["wrong", "unsafe", "both", "hangs", "raises", "unsupported"],
)
def test_a_kernel_that_is_not_right_is_profiled_as_far_as_it_ran_and_says_so(profile_of, lines, told, reads):
    table = profile_of("puzzle03_blocks.py", "out, a, size", "i = cuda.grid(1)", *lines)
    assert told in " ".join(table.text().split())
    assert (table.profile is not None and table.profile.total.reads > 0) == reads


def test_a_recording_that_grows_too_large_is_no_profile(profile_of, monkeypatch):
    monkeypatch.setattr("minigrad.simulator.precise_run.MAX_RECORDED", 100)
    table = profile_of("puzzle03_blocks.py", "out, a, size", "for k in range(99):", "    out[k % size] = a[k % size]")
    assert "There is no profile: this launch does more than 100 accesses" in table.text()


def test_a_constant_that_is_missing_is_no_profile(profile_of):
    table = profile_of("puzzle16_block_sum.py", "out, a, size", "out[0] = a[0]")
    assert "There is no profile. This puzzle is run with different values of TPB" in " ".join(table.text().split())


# How it fits


@pytest.mark.parametrize(
    "file",
    ["part1_map/puzzle05_blocks_2d.py", "part3_reduce/puzzle21_argmax.py", "part3_reduce/puzzle22_last_block.py"],
)
def test_no_line_is_too_long(file):
    table = solution(*file.split("/"))
    for width in (70, 80, 100):
        lines = table.text(width).split("\n")
        assert max(map(len, lines)) <= width
    assert max(len(line) for line in str(table).split("\n")) <= 80


def test_a_line_of_source_that_is_too_long_is_cut_or_stands_above_its_numbers():
    table = solution("part3_reduce", "puzzle18_scan.py")
    assert "before = sums[t - distance]" in [line.source for line in table.profile.lines]
    wide, usual, narrow = (table.text(width) for width in (100, 80, 70))
    assert re.search(r"\n +\d+ +1284 +before = sums\[t - distance\]\n", wide)
    assert re.search(r"\n +\d+ +1284 +before = sums\[t - dis\.\.\.\n", usual)
    assert re.search(r"\n +\d+  before = sums\[t - distance\]\n +1284\n", narrow)


def test_a_line_of_another_file_is_named_with_it(profile_of, tmp_path, monkeypatch):
    (tmp_path / "further.py").write_text(
        "from numba import cuda\n\n\n@cuda.jit(device=True)\ndef first(a):\n    return a[0]\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(__import__(__name__), "HEAD", f"{HEAD}from further import first\n")
    text = profile_of("puzzle03_blocks.py", "out, a, size", "out[0] = first(a)").text()
    assert "  further.py: return a[0]\n" in text


# The budget


def trial_of(kernel, block, *arguments) -> Trial:
    spec = spec_of("blocks")
    return Trial(spec, spec.profile(), {}, launch(kernel, 1, block, *arguments))


def colliding(out):
    tile = cuda.shared.array(1024, numba.float32)
    t = cuda.threadIdx.x
    tile[32 * (t % 32)] = 1  # 31 in each warp
    if t % 2:
        tile[2 * t] = 1  # half a warp, words 4 apart: 1


def test_bank_conflicts_beyond_the_budget_are_told_with_the_line_that_has_most():
    trial = trial_of(colliding, 32, np.zeros(1))
    assert over_budget(trial, Budget(bank_conflicts=32)) == []
    line = colliding.__code__.co_firstlineno + 3
    assert over_budget(trial, Budget(bank_conflicts=4)) == [
        f"bank conflicts cost the warps 32 extra passes through shared memory, most of them in line {line}; 4 would do"
    ]


def test_divergent_branches_beyond_the_budget_are_told_with_their_line():
    trial = trial_of(colliding, 64, np.zeros(1))
    assert over_budget(trial, Budget(divergent_branches=2)) == []
    line = colliding.__code__.co_firstlineno + 4
    told = f"warps part at 2 branches, in line {line}; 1 would do"
    assert over_budget(trial, Budget(divergent_branches=1)) == [told]


def test_a_budget_that_says_nothing_of_conflicts_and_branches_allows_any():
    assert over_budget(trial_of(colliding, 32, np.zeros(1)), Budget()) == []


# The command line

BLOCKS = ROOT / "solutions/part1_map/puzzle03_blocks.py"
STUB = ROOT / "puzzles/part1_map/puzzle03_blocks.py"
PASSED = {name: Check("passed") for name in CHECKS}


@pytest.fixture
def check(monkeypatch):
    """Run ``minigrad check`` where the verdict is known; returns its exit status and what it printed."""
    monkeypatch.setenv("COLUMNS", "80")
    stub = Verdict("blocks", 3, "not-started", message="not started", path=STUB)

    def run(path: Path, *options: str, verdict: Verdict | None = None) -> tuple[int, str]:
        found = verdict or (stub if path == STUB else Verdict("blocks", 3, "solved", PASSED, path=path))
        monkeypatch.setattr("minigrad.workbook.progress.find_out", lambda path: (found, ""))
        result = CliRunner().invoke(app, ["check", str(path), *options])
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result.exit_code, result.output

    return run


def test_the_table_stands_below_the_verdict_when_asked_for(check):
    status, told = check(BLOCKS, "--profile")
    verdict, at, table, after = told.rstrip("\n").split("\n\n")
    assert status == 0
    assert verdict.startswith("puzzle 3 · blocks   ★★★")
    assert at.startswith("  profile at size=256")
    assert table.split("\n")[-1].endswith("the busiest thread; budget: 1 read, 1 write")
    assert after.startswith("solved; next: ")
    assert "profile at" not in check(BLOCKS)[1]


def test_a_stub_is_not_profiled(check):
    assert check(STUB, "--profile") == check(STUB)


def test_a_plain_function_has_no_profile_and_is_told_why(check):
    path = ROOT / "solutions/part4_strides/puzzle23_position.py"
    verdict = Verdict("position", 23, "solved", PASSED, path=path)
    told = check(path, "--profile", verdict=verdict)[1]
    assert (
        told.replace("\nThere is no profile: a profile is for kernels, and this puzzle asks for none.\n", "")
        == (check(path, verdict=verdict)[1])
    )
    assert "There is no profile" in told


def test_a_kernel_that_is_right_only_at_the_profile_launch_is_not_called_right(check):
    failed = Verdict("blocks", 3, "failed", PASSED | {"safe": Check("failed", "out-of-bounds: ...")}, path=BLOCKS)
    assert "The kernel is not safe yet." in check(BLOCKS, "--profile", verdict=failed)[1]


def test_what_a_kernel_prints_does_not_come_among_the_table(check, tmp_path):
    path = tmp_path / BLOCKS.name
    path.write_text(BLOCKS.read_text().replace("        out[i] = ", "        print('loud')\n        out[i] = "))
    told = check(path, "--profile")[1]
    assert "loud" not in told.replace("print('loud')", "") and "profile at" in told


@pytest.mark.parametrize(("file", "has_one"), [(BLOCKS, True), (STUB, False), ("none.py", False)])
def test_json_has_the_profile_when_asked_for(file, has_one):
    command = [sys.executable, "-m", "minigrad", "check", str(file), "--json", "--profile"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    verdict = json.loads(subprocess.run(command, env=environment, capture_output=True).stdout)
    profile = verdict.pop("profile")
    assert list(verdict) == ["puzzle", "number", "status", "stars", "message", "checks"]
    assert (profile is not None) == has_one
    if has_one:
        assert (profile["at"], profile["note"]) == ("profile at size=256, 4 blocks of 64 threads", "")
        (line,) = [line for line in profile["lines"] if line["reads"]]
        assert (line["file"], line["source"]) == (BLOCKS.name, "out[i] = a[i] + 10")
        assert (line["reads"], line["writes"], line["sectors"]) == (256, 256, 64)
        in_all, thread = profile["summary"]
        assert (in_all["what"], in_all["numbers"]["sectors"], in_all["budget"]) == ("in all", 64, {})
        assert (thread["numbers"]["reads"], thread["budget"]) == (1, {"reads": 1, "writes": 1})
