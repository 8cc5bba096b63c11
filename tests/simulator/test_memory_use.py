"""How much memory a large launch takes, measured in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import minigrad

pytestmark = pytest.mark.on_one_python

MILLION = 2**20
LIMIT = 400 * 1024
"""Kilobytes that a launch of a million threads may take, Python, NumPy, numba and the arrays included."""

SCRIPT = """
import resource
import sys

import numpy as np
from numba import cuda

from minigrad.simulator import launch


def a_map(out, a, total):
    i = cuda.grid(1)
    if i < out.size:
        out[i] = a[i] + 10


def with_an_atomic(out, a, total):
    i = cuda.grid(1)
    out[i] = a[i] + 10
    cuda.atomic.add(total, 0, 1)


def with_atomics_on_many_cells(out, a, total):
    i = cuda.grid(1)
    cuda.atomic.add(out, i, a[i] + a[0])


def written_twice(out, a, total):
    i = cuda.grid(1)
    out[i] = 0
    out[i] += a[i]
    cuda.atomic.add(total, i % 100, 1)


def peak():
    # Not ru_maxrss where there is something better: on Linux a process inherits that from the one that started it.
    try:
        lines = open("/proc/self/status").read().splitlines()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


threads = int(sys.argv[2])
launch(a_map, 1, 1, np.zeros(1), np.zeros(1), np.zeros(1))
before = peak()
arrays = np.zeros(threads, np.float32), np.ones(threads, np.float32), np.zeros(100)
trace = launch(globals()[sys.argv[1]], threads // 256, 256, *arrays, record=False)
assert not trace.faults and arrays[0].all()
print(before, peak())
"""


def measured(kernel: str, threads: int, folder: Path) -> tuple[int, int]:
    """Kilobytes at the most before the launch and altogether."""
    script = folder / "launches.py"
    script.write_text(SCRIPT)
    environment = os.environ | {"PYTHONPATH": str(Path(minigrad.__file__).parent.parent)}
    command = [sys.executable, script, kernel, str(threads)]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    before, altogether = map(int, run.stdout.split())
    return before, altogether


def test_a_map_of_a_million_threads(tmp_path: Path):
    before, altogether = measured("a_map", MILLION, tmp_path)
    assert altogether < LIMIT, f"{before} before the launch"


@pytest.mark.parametrize("kernel", ["with_atomics_on_many_cells", "written_twice"])
def test_a_million_threads_in_the_precise_pass(kernel: str, tmp_path: Path):
    before, altogether = measured(kernel, MILLION, tmp_path)
    assert altogether < LIMIT, f"{before} before the launch"
