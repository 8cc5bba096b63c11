"""Functions are compiled by numba's njit and run in a process of its own; what numba refuses is explained."""

import os
import signal

import numpy as np
import pytest

from minigrad.workbook.processor import Report, Request, compile_and_run, decoded, encoded, submit

HEAD = """import os, signal
import numpy as np
from numba import njit, prange

@njit
def f(x):
    return -x

@njit
def place(k, shape, strides):
    at = 0
    for d in range(len(shape) - 1, -1, -1):
        at += k % shape[d] * strides[d]
        k //= shape[d]
    return at

def plain(x):
    return x

"""
KERNEL = "@njit(parallel=True)\ndef kernel(out, a, shape, strides):\n"
LOOP = "    for k in prange(len(out)):\n"
CALL = (np.zeros(6, np.float32), np.arange(6, dtype=np.float32), np.array([2, 3]), np.array([3, 1]))


def judged(body: str, calls=(CALL,)) -> Report:
    return compile_and_run(Request(HEAD + KERNEL + body, "kernel.py", "kernel", calls=calls))


def test_a_kernel_is_compiled_and_what_it_wrote_comes_back():
    report = judged(LOOP + "        out[k] = f(a[k])\n", (CALL, CALL))
    assert report.status == "passed"
    assert len(report.results) == 2
    assert report.results[1].value is None
    assert report.results[1].arguments[0].tolist() == [0, -1, -2, -3, -4, -5]
    assert report.results[1].arguments[0].dtype == np.float32


def test_a_plain_function_is_given_to_njit_and_what_it_returned_comes_back():
    source = "def add(k, shape):\n    return k + shape[0]\n"
    report = compile_and_run(Request(source, "add.py", "add", calls=[(1, np.array([2, 3])), (1, (2, 3))]))
    assert [result.value for result in report.results] == [3, 3]


def test_nothing_runs_before_it_is_asked_for():
    body = "    out[0] = 5\n"
    with submit(Request(HEAD + KERNEL + body, "kernel.py", "kernel", calls=[CALL])) as pending:
        assert pending.compiled() == Report("passed")
        assert pending.run().results[0].arguments[0][0] == 5


def test_a_call_that_raises_is_no_crash():
    report = judged("    if len(out) > 2:\n        raise ValueError('too long')\n")
    assert report.status == "failed"
    assert "raised ValueError: too long" in report.message


def test_a_crash_takes_only_its_own_process_with_it():
    report = judged("    out[10**12] = 1\n")
    assert report.status == "failed"
    assert "its process was ended by SIGSEGV" in report.message
    assert judged("    out[0] = 1\n").status == "passed"


def test_a_call_that_does_not_end_is_stopped():
    body = "    k = 0\n    while a[0] == 0:\n        k += 1\n    out[0] = k\n"
    with submit(Request(HEAD + KERNEL + body, "kernel.py", "kernel", calls=[CALL])) as pending:
        assert pending.compiled().status == "passed"
        report = pending.run(seconds=0.1)
    assert report.status == "skipped"
    assert "more than 0.1 seconds" in report.message


def test_a_file_that_ends_the_process_is_no_judgement():
    report = compile_and_run(Request("import os\nos._exit(3)\n", "kernel.py", "kernel", calls=[CALL]))
    assert report.status == "skipped"
    assert "exit status 3" in report.message


def test_no_cache_is_left_beside_the_file(tmp_path):
    path = tmp_path / "kernel.py"
    source = HEAD + KERNEL.replace("parallel=True", "parallel=True, cache=True") + "    out[0] = 1\n"
    path.write_text(source)
    assert compile_and_run(Request(source, str(path), "kernel", calls=[CALL])).status == "passed"
    assert os.listdir(tmp_path) == ["kernel.py"]


REFUSED = {
    "an index of a prange that became a float": (
        LOOP + "        at = place(k, shape, strides)\n        out[at] = f(a[at])\n",
        ["`out[at] = f(a[at])`", "unsigned", "np.int64(k)", "int(k) stays unsigned"],
    ),
    "an index of a prange that is assigned to": (
        LOOP + "        k //= 2\n        out[k] = f(a[k])\n",
        ["`k //= 2`", "cannot be assigned to", "np.int64(k)"],
    ),
    "a variable that was just set to the index": (
        LOOP + "        rest = k\n        for d in range(2):\n            rest = rest // 2\n        out[k] = rest\n",
        ["`rest = rest // 2`", "was just set to it"],
    ),
    "an index buffer of floats": (
        LOOP + "        index = np.zeros(2)\n        out[index[0]] = f(a[k])\n",
        ["np.zeros makes floats", "np.int64"],
    ),
    "a tuple of an array": (
        "    shape = tuple(shape)\n    out[0] = shape[0]\n",
        ["`shape = tuple(shape)`", "no tuple"],
    ),
    "a tuple that grows": (
        "    index = ()\n    for d in range(2):\n        index = index + (d,)\n    out[0] = len(index)\n",
        ["the tuple index cannot grow", "loop over the dimensions"],
    ),
    "a variable carried through a prange": (
        "    total = a[0]\n" + LOOP + "        total = f(total)\n    out[0] = total\n",
        ["`total = f(total)`", "handed on from one iteration"],
    ),
    "a plain function": (LOOP + "        out[k] = plain(a[k])\n", ["plain is a plain Python function", "@njit"]),
    "a name that is not there": (LOOP + "        out[k] = placer(a[k])\n", ["placer is not defined", "place?"]),
    "the wrong number of arguments": (LOOP + "        out[k] = f(a[k], 1)\n", ["out[k] = f(a[k], 1)", "too many"]),
    "a whole array as an element": (LOOP + "        out[k] = f(a)\n", ["given a whole array"]),
    "an empty list": ("    index = []\n    out[0] = len(index)\n", ["the empty list index"]),
    "two indices": (LOOP + "        out[k, 0] = a[k]\n", ["has 1 dimension and is given 2 indices"]),
    "what NumPy has and numba has not": ("    out[0] = np.unravel_index(3, (2, 3))[0]\n", ["np.unravel_index"]),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_kernel_with_this_is_refused_and_the_line_and_the_reason_are_said(what):
    body, words = REFUSED[what]
    report = judged(body)
    assert report.status == "failed"
    for word in words:
        assert word in report.message
    assert "CUDA" not in report.message
    source = (HEAD + KERNEL + body).splitlines()
    assert report.line and report.message.startswith(f"Line {report.line}, `{source[report.line - 1].strip()}`: ")


@pytest.mark.parametrize("value", [1, 2.5, float("inf"), (1, (2, 3)), None, True, "text"])
def test_a_value_survives_its_way(value):
    assert decoded(encoded(value)) == value


@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 3), (0, 2)])
@pytest.mark.parametrize("kind", [np.float32, np.int64, np.bool_])
def test_an_array_survives_its_way(shape, kind):
    array = np.ones(shape, kind)
    back = decoded(encoded(array))
    assert back.dtype == array.dtype
    assert back.shape == shape
    assert np.array_equal(back, array)


def test_a_process_that_was_killed_is_replaced():
    with submit(Request(HEAD + KERNEL + "    out[0] = 1\n", "kernel.py", "kernel", calls=[CALL])) as pending:
        pending.compiled()
        os.kill(pending._worker._process.pid, signal.SIGKILL)
        assert "SIGKILL" in pending.run().message
    assert judged("    out[0] = 1\n").status == "passed"
