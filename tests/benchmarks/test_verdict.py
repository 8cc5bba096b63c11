"""How long a learner waits: ``pytest puzzles/ -k puzzle3`` beside a pytest run of one trivial hypothesis test.

    pytest tests/benchmarks/test_verdict.py

The trivial test imports numba.cuda. The workbook wants a ratio of at most 1.8, and 2.5 seconds on two quiet cores.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]

TRIVIAL = """
from hypothesis import given, strategies as st
from numba import cuda

@given(st.integers())
def test_trivial(i):
    assert i == i
"""


def seconds(folder: Path, *arguments: str) -> float:
    environment = {**os.environ, "NUMBA_ENABLE_CUDASIM": "1"}
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *arguments], cwd=folder, check=True, capture_output=True, env=environment
    )
    return time.perf_counter() - start


def test_a_right_answer_to_puzzle_3(benchmark: Any, tmp_path: Path) -> None:
    (tmp_path / "trivial").mkdir()
    (tmp_path / "trivial" / "test_trivial.py").write_text(TRIVIAL)
    shutil.copytree(ROOT / "puzzles", tmp_path / "puzzles")
    answer = "part1_map/puzzle03_blocks.py"
    shutil.copy(ROOT / "solutions" / answer, tmp_path / "puzzles" / answer)
    pairs = [
        (seconds(tmp_path, "puzzles", "-k", "puzzle3"), seconds(tmp_path / "trivial", "test_trivial.py"))
        for _ in range(5)
    ]
    ratio = statistics.median(ours / trivial for ours, trivial in pairs)
    ours, trivial = (statistics.median(times) for times in zip(*pairs, strict=True))
    benchmark.pedantic(lambda: seconds(tmp_path, "puzzles", "-k", "puzzle3"), rounds=1)
    benchmark.extra_info["ratio to a trivial test"] = round(ratio, 2)
    print(f"\npuzzle 3: {ours:.2f} s; a trivial hypothesis test: {trivial:.2f} s; ratio {ratio:.2f}")
