"""What a look at a kernel's source finds, and what it leaves to numba.

That numba really refuses what is found here is shown in ``test_frontend``, by asking it.
"""

from __future__ import annotations

import ast
from textwrap import dedent, indent

import numpy as np
import pytest

from minigrad.workbook.restriction_table import COMPILED_EVERYWHERE, INSTEAD_OF_NUMPY, SENTENCES
from minigrad.workbook.restrictions import Restriction, restrictions

IMPORTS = "import math\nimport random\nimport numpy as np\nfrom numba import cuda, float32\nTPB = 8\nHALO = TPB + 2\n"


def found(body: str, above: str = "") -> list[Restriction]:
    """What is found in a kernel of that body."""
    kernel = "@cuda.jit\ndef k(out, a, size):\n" + indent(dedent(body), "    ") + "\n"
    return restrictions(IMPORTS + dedent(above) + "\n" + kernel, "k")


FOUND = {
    "x = {0: 1}": "dictionaries",
    "x = {1, 2}": "sets",
    "x = [1, 2]": "lists",
    "x = list(a)": "lists",
    "x = dict()": "dictionaries",
    "x = set()": "sets",
    "x = [j for j in a]": "list comprehension",
    "x = {j for j in a}": "set comprehension",
    "x = {j: j for j in a}": "dictionary comprehension",
    "x = sum(j for j in a)": "generator expression",
    "print(f'{a[0]}')": "f-string",
    "try:\n    pass\nfinally:\n    pass": "try",
    "try:\n    pass\nexcept* ValueError:\n    pass": "try",
    "with a:\n    pass": "with",
    "yield 1": "generator",
    "yield from a": "generator",
    "import math": "top of the file",
    "from math import exp": "top of the file",
    "class A:\n    pass": "class",
    "global TPB\nTPB = 1": "constant",
    "x = 1\ndel x": "del",
    "first, *rest = (1, 2)": "list",
    "if (x := a[0]) > 1:\n    pass": ":=",
    "return size": "returns nothing",
    "x = np.sum(a)": "np.sum is a NumPy function",
    "x = np.exp(a[0])": "math.exp",
    "f = np.sqrt": "math.sqrt",
    "x = np.linalg.norm(a)": "np.linalg.norm",
    "x = np.finfo(np.float32).max": "np.finfo",
    "x = a.sum()": ".sum() works on a whole array",
    "x = random.random()": "random",
    "x = cuda.shared.array(TPB + 2, float32)": "TPB + 2",
    "x = cuda.shared.array((4, 2 * TPB), float32)": "(4, 2 * TPB)",
    "x = cuda.shared.array(shape=size, dtype=float32)": "size is neither",
    "x = cuda.local.array(cuda.blockDim.x, float32)": "cuda.blockDim.x",
    "x = cuda.local.array(a.size, float32)": "a.size",
    "x = cuda.local.array(len(a), float32)": "len(a)",
    "n = TPB\nn += 1\nx = cuda.local.array(n, float32)": "n is neither",
}


@pytest.mark.parametrize("body", FOUND)
def test_what_does_not_compile_is_found(body: str) -> None:
    sentences = [one.sentence for one in found(body)]
    assert len(sentences) == 1, sentences
    assert FOUND[body] in sentences[0]


LEFT_ALONE = [
    "x: list[int] = 3",
    "[x, y] = (1, 2)",
    "x, y = (1, 2)",
    "s = f'no value in it'",
    "return",
    "return None",
    "return\nx = [1]",
    "while size:\n    break\n    x = [1]",
    "if False:\n    x = {}",
    "if 0:\n    x = {}\nelse:\n    y = 1",
    "x = np.float32(a[0]) + np.inf + np.pi + np.int64(3) + np.e",
    "x = np.maximum(a[0], a[1]) + np.sin(a[0])",
    "t = cuda.shared.array(TPB, np.float32)",
    "t = cuda.shared.array((TPB, HALO, 4 + 2), float32)",
    "t = cuda.shared.array(shape=HALO, dtype=float32)",
    "t = cuda.shared.array(0, float32)",
    "n = TPB\nt = cuda.local.array(n, float32)",
    "shape = (TPB, 2)\nt = cuda.local.array(shape, float32)",
    "np = 3\nx = np",
    "list = 3\nx = list + 1",
    "x = max(a[0], 1) + math.exp(a[0])",
    "cuda.atomic.max(out, 0, a[0])",
    "def add(x):\n    return x + 1\nout[0] = add(1)",
    "match size:\n    case 1:\n        out[0] = 1",
]


@pytest.mark.parametrize("body", LEFT_ALONE)
def test_what_may_compile_is_left_alone(body: str) -> None:
    assert found(body) == []


def test_lines_are_those_of_the_file_and_in_order() -> None:
    body = "x = 1\ny = {0: np.sum(a)}\nz = [1]"
    assert [(one.line, one.certain) for one in found(body)] == [(11, False), (11, True), (12, False)]


def test_only_what_numba_and_numba_cuda_differ_on_is_certain() -> None:
    certain = {body for body in FOUND if found(body)[0].certain}
    assert certain == {
        *("x = np.sum(a)", "x = np.exp(a[0])", "f = np.sqrt", "x = np.linalg.norm(a)", "x = a.sum()"),
        *("x = np.finfo(np.float32).max", "x = random.random()", "yield 1", "yield from a"),
    }


@pytest.mark.parametrize("test", ["DEBUG", "not DEBUG", "TPB > 8", "DEBUG and TPB"])
def test_a_branch_that_numba_may_drop_makes_nothing_certain(test: str) -> None:
    assert [one.certain for one in found(f"if {test}:\n    x = np.sum(a)", above="DEBUG = False")] == [False]


@pytest.mark.parametrize("test", ["size > 3", "cuda.grid(1) < 3", "a[0] > 1"])
def test_a_branch_that_the_data_decide_is_looked_at_like_any_other(test: str) -> None:
    assert [one.certain for one in found(f"if {test}:\n    x = np.sum(a)")] == [True]


def test_device_functions_that_the_kernel_calls_are_looked_at() -> None:
    above = """
        @cuda.jit(device=True)
        def inner(x):
            return len([x])

        @cuda.jit(device=True)
        def outer(x):
            return inner(x)

        def host(x):
            return [np.sum(x)]
    """
    assert [one.line for one in found("out[0] = outer(a[0])", above)] == [10]


def test_a_device_function_may_return_a_value() -> None:
    assert found("out[0] = same(a[0])", "@cuda.jit(device=True)\ndef same(x):\n    return x\n") == []


def test_functions_of_a_factory_are_looked_at() -> None:
    source = """
def make(n):
    @cuda.jit(device=True)
    def inner(x):
        return len([x])

    @cuda.jit
    def k(out):
        out[0] = inner(n)

    return k
"""
    assert [one.line for one in restrictions(source, "k")] == [5]


def test_of_two_functions_of_one_name_the_line_or_else_the_place_decides() -> None:
    source = "@cuda.jit\ndef k(out):\n    x = [1]\n\n\n@cuda.jit\ndef k(out):\n    x = {}\n"
    assert [one.line for one in restrictions(source, "k")] == [8]
    assert [one.line for one in restrictions(source, "k", line=1)] == [3]


@pytest.mark.parametrize(
    "line, use",
    [
        ("import numpy", "numpy.sum(a)"),
        ("import numpy.linalg", "numpy.linalg.norm(a)"),
        ("from numpy import sum as add", "add(a)"),
        ("from random import random", "random()"),
    ],
)
def test_names_are_followed_through_imports(line: str, use: str) -> None:
    source = f"{line}\ndef k(out, a):\n    out[0] = {use}\n"
    assert [(one.line, one.certain) for one in restrictions(source, "k")] == [(3, True)]


def test_names_that_only_compile_through_cuda_are_told_together() -> None:
    source = (
        "from numba.cuda import threadIdx, blockIdx, grid\ndef k(out):\n    out[threadIdx.x] = blockIdx.x + grid(1)\n"
    )
    [one] = restrictions(source, "k")
    assert one.sentence.endswith("Here: cuda.threadIdx, cuda.blockIdx.")


@pytest.mark.parametrize("source", ["def k(:\n", "x = 1\n", "", "\0"])
def test_source_without_the_function_has_nothing_to_find(source: str) -> None:
    assert restrictions(source, "k") == []


def test_the_tables_name_things_that_exist() -> None:
    assert all(issubclass(kind, ast.AST) for kind in SENTENCES)
    assert [name for name in (*COMPILED_EVERYWHERE, *INSTEAD_OF_NUMPY) if not callable(getattr(np, name, None))] == []
