"""The numba backend keeps what it compiles, and gets along with forks, threads and read-only folders."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from minigrad.backends.generated import cache_folder

ADD = """
import numpy as np
import minigrad
a = minigrad.tensor(np.arange(10.0)).to("numba")
assert (a + a).tolist() == list(range(0, 20, 2))
"""

NOTHING_IS_COMPILED = """
from numba.core import ccallback, dispatcher
def compile(*_):
    raise AssertionError("this was compiled before")
ccallback.CFunc._compile_uncached = dispatcher._FunctionCompiler.compile = compile
"""

SUM_OF_A_MILLION = """
import numpy as np
import minigrad
a = minigrad.tensor(np.arange(1e6)).to("numba")
def right():
    return (a * 2).numpy()[-1] == 1_999_998 and a.sum().item() == 499_999_500_000
assert right()
"""

FORK = """
import os
child = os.fork()
if not child:
    os._exit(0 if right() else 1)
assert os.waitpid(child, 0)[1] == 0
assert right()
"""

THREADS = """
import threading
results = []
def work():
    results.extend(right() for _ in range(5))
threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert results == [True] * 20
"""


def python(code: str, **environment: object) -> subprocess.Popen[str]:
    """A fresh Python that runs some code."""
    variables = {**os.environ, **{name: str(value) for name, value in environment.items()}}
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", code],
        env=variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def succeeds(process: subprocess.Popen[str]) -> None:
    said, _ = process.communicate()
    assert process.returncode == 0, said


def test_what_was_compiled_is_kept_and_what_is_damaged_is_compiled_again(tmp_path):
    both = [python(ADD, NUMBA_CACHE_DIR=tmp_path) for _ in range(2)]  # at once, in one empty folder
    for process in both:
        succeeds(process)
    succeeds(python(NOTHING_IS_COMPILED + ADD, NUMBA_CACHE_DIR=tmp_path))
    kept = [*tmp_path.glob("minigrad*/*.nb?")]
    assert kept
    for path in kept:
        path.write_bytes(path.read_bytes()[:20])
    succeeds(python(ADD, NUMBA_CACHE_DIR=tmp_path))


def test_a_folder_that_cannot_be_written_to_is_done_without(tmp_path):
    (tmp_path / "file").touch()
    succeeds(python(ADD, NUMBA_CACHE_DIR=tmp_path / "file" / "folder"))


@pytest.mark.parametrize("layer", ["workqueue", "omp"])
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_forked_processes_and_threads_compute_too(layer):
    code = f"import sys\ntry:\n{SUM_OF_A_MILLION.replace(chr(10), chr(10) + '  ')}\nexcept ValueError: sys.exit(77)\n"
    process = python(code + FORK + THREADS, NUMBA_THREADING_LAYER=layer, NUMBA_NUM_THREADS=4)
    said, _ = process.communicate()
    if process.returncode == 77:
        pytest.skip(f"numba has no {layer} threads here")
    assert process.returncode == 0, said


@pytest.mark.parametrize(
    ("platform", "variable", "folder"),
    [("linux", "XDG_CACHE_HOME", "minigrad"), ("win32", "LOCALAPPDATA", "minigrad")],
)
def test_the_folder_is_the_users_for_caches(platform, variable, folder, monkeypatch, tmp_path):
    monkeypatch.setattr("numba.core.config.CACHE_DIR", "")
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv(variable, str(tmp_path))
    assert cache_folder() == tmp_path / folder
    monkeypatch.setattr("numba.core.config.CACHE_DIR", str(tmp_path / "chosen"))
    assert cache_folder() == tmp_path / "chosen" / "minigrad"


def test_without_numbas_compiler_there_is_no_numba_backend():
    code = """
import minigrad.backends
try:
    minigrad.backends.get("numba")
except minigrad.MinigradError as error:
    assert "NUMBA_DISABLE_JIT" in str(error)
else:
    raise AssertionError
"""
    succeeds(python(code, NUMBA_DISABLE_JIT=1))
