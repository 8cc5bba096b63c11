"""Where the tests run several times, the runs together leave nothing out, and a run alone does it all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from share import dealt, examples

NAMES = [f"tests/test_{module}.py::test[{case}]" for module in "ab" for case in range(11)]


@pytest.mark.parametrize("runs", [1, 2, 3, 4])
def test_each_test_that_is_dealt_out_is_for_one_run(runs: int) -> None:
    shares = [dealt(NAMES[::-1], which, runs) for which in range(1, runs + 1)]
    assert sum(map(len, shares)) == len(NAMES)
    assert set().union(*shares) == set(NAMES)
    assert all({name[:15] for name in share} == {"tests/test_a.py", "tests/test_b.py"} for share in shares)


def test_the_last_run_tries_all_examples_and_the_others_some() -> None:
    assert [examples(60, which, 4) for which in (1, 2, 3, 4)] == [15, 15, 15, 60]
    assert examples(2, 1, 4) == 1
    assert examples(60, 1, 1) == 60


@pytest.mark.parametrize("share", ["0/4", "5/4", "2"])
def test_a_share_that_does_not_exist_is_refused(share: str) -> None:
    program = [sys.executable, "-c", "import share"]
    environment = {**os.environ, "TESTS_SHARE": share}
    run = subprocess.run(program, cwd=Path(__file__).parent, env=environment, capture_output=True, text=True)
    assert run.returncode and "ValueError" in run.stderr
