"""A kernel for the processor gets the five checks: on checked memory here, by numba in a process of its own."""

from pathlib import Path

import pytest

from minigrad.workbook.checks import spec_of
from minigrad.workbook.engine import check_file
from minigrad.workbook.spec import KernelSpec
from minigrad.workbook.verdict import Verdict

SOLUTION = Path(__file__).parents[2] / "solutions" / "part4_strides" / "puzzle30_tensor_map.py"
TEXT = SOLUTION.read_text(encoding="utf-8")
LAST = "        out[offset(k, out_shape, out_strides)] = f(element)\n"
IN_NUMBAS_PROCESS = "import os\n\nHERE = os.environ.get('NUMBA_ENABLE_CUDASIM') == '1'\n"


@pytest.fixture
def verdict(tmp_path):
    """The verdict on puzzle 30's solution with some of its text replaced."""

    def verdict(old: str = "", new: str = "", head: str = "") -> Verdict:
        assert old in TEXT
        path = tmp_path / SOLUTION.name
        path.write_text(TEXT.replace(old, new).replace("import numpy as np\n", f"import numpy as np\n{head}"))
        return check_file(path)

    return verdict


def said(verdict: Verdict) -> dict[str, str]:
    return {name: check.status for name, check in verdict.checks.items()}


def test_the_solution_gets_all_five(verdict):
    assert set(said(verdict()).values()) == {"passed"}


def test_a_kernel_that_numba_refuses_is_not_solved(verdict):
    found = verdict("k = np.int64(i)", "k = int(i)")
    assert said(found) == {
        **dict.fromkeys(("correct", "safe", "efficient"), "passed"),
        "numba": "skipped",
        "compiles": "failed",
    }
    assert found.status == "failed"
    assert "np.int64(k)" in found.checks["compiles"].message


COMPUTES_OTHERWISE = f"""{IN_NUMBAS_PROCESS}
MORE = 1 if HERE else 0
"""


def test_a_kernel_that_computes_something_else_once_it_is_compiled_is_not_solved(verdict, monkeypatch):
    monkeypatch.delenv("NUMBA_ENABLE_CUDASIM", raising=False)
    found = verdict("f(element)\n", "f(element) + MORE\n", COMPUTES_OTHERWISE)
    assert said(found)["numba"] == "failed"
    assert found.status == "failed"
    assert "compiled by numba, out[0] is 12, expected 11" in found.checks["numba"].message
    assert "with f=a_plus_10, out_shape=(3,), a_shape=(3,)" in found.checks["numba"].message


def test_a_compiled_kernel_that_crashes_is_not_solved_and_hurts_nobody(verdict, monkeypatch):
    monkeypatch.delenv("NUMBA_ENABLE_CUDASIM", raising=False)
    head = f"{IN_NUMBAS_PROCESS}\nFAR = 10**12 if HERE else 0\n"
    found = verdict("out[offset(k, out_shape, out_strides)]", "out[FAR + offset(k, out_shape, out_strides)]", head)
    assert said(found)["numba"] == "failed"
    assert "ended by SIGSEGV" in found.checks["numba"].message
    assert verdict().solved


def test_a_kernel_that_is_not_safe_is_not_run_by_numba(verdict):
    found = verdict("f(element)\n", "f(element)\n            out[10**12] = 1\n")
    assert said(found) == {
        **dict.fromkeys(("safe",), "failed"),
        "correct": "passed",
        **dict.fromkeys(("efficient", "numba"), "skipped"),
        "compiles": "passed",
    }


WRONG = {
    "a wrong result": ("f(element)", "element"),
    "a race": ("f(element)\n", "f(element)\n            out[0] = i\n"),
    "an element outside": ("a[offset(k, out_shape, strides)]", "a[k + 1]"),
    "a loop that does not end": ("element = a", "while True:\n                pass\n            element = a"),
    "an exception": ("element = a", "raise ValueError('no')\n            element = a"),
    "nothing written": (LAST.strip(), "pass"),
    "one core": ("prange(count(out_shape))", "range(count(out_shape))"),
}


@pytest.mark.parametrize("what", WRONG)
def test_nothing_is_said_of_blocks_and_threads(verdict, what):
    found = verdict(*WRONG[what])
    messages = [check.message for check in found.checks.values() if check.status == "failed"]
    assert messages
    for message in messages:
        assert "out_shape=" in message
        assert not any(word in message for word in ("block", "thread", "GPU", "CUDA"))


def test_the_order_of_iterations_is_told_where_it_matters(verdict):
    found = verdict(
        "f(element)\n", "f(element)\n            if i == count(out_shape) - 1:\n                out[0] = 0\n"
    )
    assert "iteration" in found.checks["safe"].message


def test_a_variable_that_is_handed_on_is_found_in_the_learners_own_line(verdict):
    loop = "        for i in prange(count(out_shape)):\n"
    found = verdict(loop, f"        last = np.float32(2)\n{loop}            last = f(last)\n")
    assert "uses last as the iterations before have left it" in found.checks["safe"].message
    assert f"{SOLUTION.name}:" in found.checks["safe"].message
    assert "the variable last is handed on" in found.checks["compiles"].message


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("@njit(parallel=True)\n", "@njit\n", "has to be compiled with njit(parallel=True)"),
        ("    return kernel\n", "", "tensor_map(a_plus_10) returned nothing"),
    ],
)
def test_what_is_no_kernel_for_all_cores_is_an_error_that_says_so(verdict, old, new, why):
    found = verdict(old, new)
    assert found.status == "error"
    assert why in found.message


@pytest.mark.parametrize("name", ["tensor_map", "tensor_zip", "tensor_reduce", "tensor_matmul"])
def test_numba_is_given_tensors_of_all_ranks_and_manners(name):
    spec = spec_of(name)
    assert isinstance(spec, KernelSpec)
    examples = spec.examples()
    shapes = [tuple(case.arguments["out_shape"]) for case in examples]
    strides = [tuple(case.arguments["a_strides"]) for case in examples]
    assert {len(shape) for shape in shapes} >= {2, 3, 4}
    assert any(0 in shape for shape in shapes)
    assert any(0 in each for each in strides) and any(each and each[-1] > 1 for each in strides)
