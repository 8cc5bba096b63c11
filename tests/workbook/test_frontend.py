"""numba's CUDA compiler, asked in a process of its own: what it accepts, what it refuses and in which words.

The kernels are the same in every environment that we support, with and without a compiler library, and so are the
answers. In a refused kernel ``# here`` marks the line that the report has to name.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest

from minigrad.workbook.checks import all_specs
from minigrad.workbook.frontend import FrontEnd, Report, Request, front_end
from minigrad.workbook.restriction_table import COMPILED_EVERYWHERE
from minigrad.workbook.spec import KernelSpec

LINE = {"out": "float32[:]", "a": "float32[:]", "size": "int64"}
PLANE = {"out": "float32[:,:]", "a": "float32[:,:]", "rows": "int64", "cols": "int64"}
PREAMBLE = "import math\nimport random\nimport numba\nimport numpy as np\nfrom numba import cuda, float32\n"


@pytest.fixture(scope="module")
def compiler() -> Iterator[FrontEnd]:
    with FrontEnd() as shared:
        yield shared


def kernel(body: str, above: str = "", parameters: str = "out, a, size", jit: str = "@cuda.jit") -> str:
    """A module with one kernel ``k`` of that body, under what its file has above it."""
    lines = [jit, f"def k({parameters}):", *("    " + line for line in dedent(body).strip().splitlines())]
    return PREAMBLE + dedent(above).strip() + "\n\n\n" + "\n".join(lines) + "\n"


def report(compiler: FrontEnd, source: str, signature: dict[str, str] = LINE, **request: object) -> Report:
    given = {"filename": "puzzle.py", "function": "k", **request}
    return compiler.submit(Request(source, signature=signature, **given)).result()  # type: ignore[arg-type]


# Right answers

ACCEPTED = {
    "a guard": kernel("""
        i = cuda.blockIdx.x * cuda.blockDim.x + cuda.threadIdx.x
        if i < size:
            out[i] = a[i] + 10
    """),
    "an early return": kernel("""
        i = cuda.grid(1)
        if i >= size:
            return
        out[i] = a[i] + 10
    """),
    "an early return of None": kernel("""
        i = cuda.grid(1)
        if i >= size:
            return None
        out[i] = a[i] + 10
    """),
    "nested guards": kernel("""
        i = cuda.grid(1)
        if i >= 0:
            if i < size:
                out[i] = a[i] + 10
    """),
    "a grid-stride for": kernel("""
        for i in range(cuda.grid(1), size, cuda.gridsize(1)):
            out[i] = a[i] + 10
    """),
    "a grid-stride while": kernel("""
        i = cuda.grid(1)
        while i < out.shape[0]:
            out[i] = a[i] + 10
            i += cuda.gridsize(1)
    """),
    "break, continue and else": kernel("""
        i = cuda.grid(1)
        total = 0
        for j in range(size):
            if j == 3:
                continue
            if j > 10:
                break
            total += a[j]
        else:
            total = 1.0
        out[i] = total
    """),
    "device functions": kernel(
        "out[cuda.grid(1)] = twice(a[0]) + first(a, size)",
        above="""
            @cuda.jit(device=True)
            def once(x):
                return x

            @cuda.jit(device=True)
            def twice(x):
                return once(x) + x

            @cuda.jit
            def first(x, n):
                x[0] += n
                return x[0]
        """,
    ),
    "an njit function": kernel("out[cuda.grid(1)] = twice(a[0])", above="@numba.njit\ndef twice(x):\n    return 2 * x"),
    "a device function with its types": kernel(
        "out[cuda.grid(1)] = same(a[0])",
        above='@cuda.jit("float32(float32)", device=True)\ndef same(x):\n    return x',
    ),
    "a closure": PREAMBLE
    + dedent("""
        def make(n, f):
            @cuda.jit
            def k(out, a, size):
                tile = cuda.shared.array(n, float32)
                i = cuda.grid(1)
                if i < size:
                    tile[0] = f(a[i]) * n
            return k

        @cuda.jit(device=True)
        def twice(x):
            return 2 * x

        k = make(32, twice)
    """),
    "constants of the module": kernel(
        """
        i = cuda.grid(1)
        if i < size and ADD:
            out[i] = a[i] * RATE + STEPS[0] + TABLE[i] + cuda.const.array_like(TABLE)[i]
        for step in STEPS:
            out[i] += step
        """,
        above="RATE = 0.5\nADD = True\nSTEPS = (1, 2)\nTABLE = np.arange(4, dtype=np.float32)",
    ),
    "shared arrays": kernel(
        """
        tile = cuda.shared.array(TPB, float32)
        halo = cuda.shared.array(shape=HALO, dtype=numba.float32)
        square = cuda.shared.array((TPB, 4 * 2), np.float32)
        rest = cuda.shared.array(0, np.float32)
        t = cuda.threadIdx.x
        tile[t] = halo[t] = square[t, 0] = rest[t] = a[t]
        cuda.syncthreads()
        out[t] = tile[TPB - 1 - t]
        """,
        above="TPB = 32\nHALO = TPB + 2",
    ),
    "local arrays": kernel("""
        n = 4
        mine = cuda.local.array(n, numba.float32)
        for j in range(len(mine)):
            mine[j] = a[j]
        out[0] = max(mine)
    """),
    "atomics": kernel(
        """
        cuda.atomic.add(out, (0, 1), a[0, 0])
        cuda.atomic.max(out, (0, 1), a[0, 0])
        out[0, 0] -= cuda.atomic.add(a, (0, 0), 1)
        cuda.threadfence()
        """,
        parameters="out, a, rows, cols",
    ),
    "shuffles": kernel("""
        x = a[cuda.grid(1)]
        x += cuda.shfl_down_sync(0xFFFFFFFF, x, 16)
        x += cuda.shfl_xor_sync(0xFFFFFFFF, x, 8)
        x += cuda.shfl_up_sync(-1, x, 4)
        out[0] = cuda.shfl_sync(-1, x, 0)
    """),
    "votes and syncwarp": kernel("""
        i = cuda.grid(1)
        if cuda.all_sync(-1, a[i] > 0) or cuda.any_sync(-1, i == 3) or cuda.eq_sync(-1, i == 3):
            out[i] = cuda.popc(cuda.ballot_sync(-1, a[i] > 0)) + cuda.match_any_sync(-1, i)
        cuda.syncwarp()
        out[i] += cuda.syncthreads_count(int(a[i] > 0)) + cuda.laneid
    """),
    "max, min and abs": kernel(
        """
        i = cuda.grid(1)
        if i < min(size, len(a)):
            out[i] = max(a[i], 0) + min(a[i], 1.0, 2) + abs(a[i]) + max(i, 1, 2, 3, 4, 5) + max((i, 2.0)) + min(*ENDS)
        best = -math.inf
        for j in range(size):
            best = max(best, a[j])
    """,
        above="ENDS = (3, 4)",
    ),
    "the math module": kernel(
        """
        x = a[cuda.grid(1)]
        out[0] = math.exp(x) + math.sqrt(math.pi) + math.floor(x) + math.tanh(x) + math.pow(x, 2) + x**2 + log(x)
        """,
        above="from math import log",
    ),
    "from-imports": kernel(
        """
        i = grid(1)
        syncthreads()
        if i < size:
            out[i] = shfl_down_sync(-1, a[i], 1)
        """,
        above="from numba.cuda import grid, syncthreads, shfl_down_sync",
    ),
    "import numba.cuda": dedent("""
        import numba.cuda

        @numba.cuda.jit
        def k(out, a, size):
            i = numba.cuda.threadIdx.x
            numba.cuda.syncthreads()
            if i < size:
                out[i] = a[i]
    """),
    "tuples": kernel("""
        i = cuda.grid(1)
        pair = (a[i], 2)
        x, y = pair
        x, y = y, x
        out[(i,)] = pair[0] + x + y + out.shape[0] + len(pair)
        if i in (1, 2):
            a[i], out[i] = out[i], a[i]
    """),
    "chains and ternaries": kernel("""
        i = cuda.grid(1)
        if 0 <= i < size and not (i == 3 or i > 100):
            out[i] = a[i] if a[i] > 0 else -a[i]
    """),
    "casts": kernel("""
        i = cuda.grid(1)
        x = np.float32(a[i]) + float32(3) + int(a[i]) + float(i) + bool(i) + np.int32(i) + numba.int64(i)
        out[i] = x + np.pi + np.inf + np.float32(np.nan)
    """),
    "integers": kernel("""
        i = cuda.grid(1)
        j = (i >> 1) ^ 3 & 7 | ~1
        j //= 2
        j %= 5
        out[i // 2] = a[j] * (i < size) + int(i / 2)
    """),
    "views": kernel(
        """
        row = a[0]
        column = a[:, 1]
        out[0, 1] += row[0] + column[-1] + a[1][1] + a.T[0, 0] + a.size + a.ndim
        """,
        parameters="out, a, rows, cols",
    ),
    "two dimensions": kernel(
        """
        x, y = cuda.grid(2)
        if y < rows and x < cols:
            out[y, x] = a[y, x] + 10
        """,
        parameters="out, a, rows, cols",
    ),
    "functions inside": kernel("""
        def add(x):
            return x + size

        double = lambda x: 2 * x
        out[cuda.grid(1)] = add(double(a[0]))
    """),
    "a list that a loop walks over": kernel("for i in [0, 1, 2]:\n    out[i] = a[i]"),
    "a dictionary in a branch that is never taken": kernel(
        """
        if DEBUG:
            print({0: f"{size}"}, np.sum(a))
        out[0] = 1
        """,
        above="DEBUG = False",
    ),
    "a list after the end": kernel("out[0] = 1\nreturn\nout[0] = len([1, 2])"),
    "annotations": kernel("i: list[int] = cuda.grid(1)\nout[i] = a[i]"),
    "a docstring and nothing else": kernel('"""Nothing yet."""'),
    "print": kernel('print("at", cuda.grid(1), a[0])'),
    "a kernel with its types": kernel("out[0] = a[0]").replace(
        "@cuda.jit", '@cuda.jit("(float32[:], float32[:], int64)")'
    ),
    "its types in the decorator": kernel("out[0] = 1", jit='@cuda.jit("void(float32[:], float32[:], int64)")'),
    "narrower types in the decorator": kernel("out[0] = 1", jit='@cuda.jit("(float32[::1], float32[:], int32)")'),
    "one of two signatures": kernel(
        "out[0] = 1", jit='@cuda.jit(["(float64[:], float64[:], int64)", "(float32[:], float32[:], int64)"])'
    ),
    "options of the compiler": kernel("out[0] = 1", jit="@cuda.jit(lineinfo=True, max_registers=32, fastmath=True)"),
    "a debugging aid": kernel("assert size > 3\nif size > 4:\n    raise ValueError('too many')"),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_right_kernel_passes(compiler: FrontEnd, name: str) -> None:
    plane = "rows, cols" in ACCEPTED[name]
    said = report(compiler, ACCEPTED[name], PLANE if plane else LINE)
    assert said.status == "passed", said.message


# Wrong answers: the kernel, and words that the report needs

REFUSED = {
    "a list comprehension": (kernel("i = 0\nxs = [a[j] for j in range(4)]  # here\nout[i] = xs[0]"), "comprehension"),
    "a list": (kernel("xs = [1, 2, 3]  # here\nout[0] = xs[cuda.grid(1)]"), "no lists"),
    "a list that grows": (kernel("xs = []  # here\nxs.append(a[0])"), "no lists"),
    "a dictionary": (kernel("d = {0: 1.0}  # here\nd[1] = 2.0"), "no dictionaries"),
    "a set": (kernel("if size in {1, 2}:  # here\n    out[0] = 1"), "no sets"),
    "a generator expression": (kernel("out[0] = sum(a[j] for j in range(3))  # here"), "generator"),
    "an f-string": (kernel('out[0] = a[0]\nprint(f"{a[0]:.2f}")  # here'), "f-string"),
    "try": (kernel("i = 0\ntry:  # here\n    out[i] = a[i]\nexcept Exception:\n    out[i] = 0"), "exceptions"),
    "with": (kernel('with open("x") as f:  # here\n    out[0] = 1'), "with"),
    "yield": (kernel("yield cuda.grid(1)  # here"), "generator"),
    "a class": (kernel("class A:  # here\n    pass"), "class"),
    "an import": (kernel("import math  # here\nout[0] = math.pi"), "top of the file"),
    "a global that changes": (kernel("global COUNT  # here\nCOUNT = 3", above="COUNT = 0"), "constant"),
    "a walrus over an element": (kernel("if (x := a[0]) > 1:  # here\n    out[0] = x"), ":="),
    "np.sum": (kernel("out[0] = np.sum(a)  # here"), "np.sum is a NumPy function"),
    "np.exp": (kernel("out[0] = np.exp(a[0])  # here"), "math.exp"),
    "np.zeros": (kernel("t = np.zeros(4)  # here\nout[0] = t[0]"), "cuda.local.array"),
    "np.random": (kernel("out[0] = np.random.rand()  # here"), "NumPy function"),
    "a NumPy function under its own name": (
        kernel("out[0] = exp(a[0])  # here", above="from numpy import exp"),
        "NumPy",
    ),
    "a method of a whole array": (kernel("out[0] = a.sum()  # here"), "whole array"),
    "random": (kernel("out[0] = random.random()  # here"), "random"),
    "a shared array of a sum": (
        kernel("t = cuda.shared.array(TPB + 2, float32)  # here\nt[0] = 1", above="TPB = 8"),
        "TPB + 2",
    ),
    "a shared array of a parameter": (kernel("t = cuda.shared.array(size, float32)  # here\nt[0] = 1"), "constant"),
    "a shared array of blockDim": (
        kernel("t = cuda.shared.array(cuda.blockDim.x, float32)  # here\nt[0] = 1"),
        "constant",
    ),
    "a shared array without a type": (kernel("t = cuda.shared.array(32)  # here\nt[0] = 1"), "dtype is missing"),
    "a shared array of Python floats": (kernel("t = cuda.shared.array(32, float)  # here\nt[0] = 1"), "float32"),
    "a local array of a product": (
        kernel("t = cuda.local.array((4, 2 * TPB), float32)  # here\nt[0] = 1", above="TPB = 8"),
        "constant",
    ),
    "a name that nobody defined": (kernel("i = cuda.grid(1)\nout[i] = b[i]  # here"), "b is not defined"),
    "a variable before its time": (
        kernel("if size:\n    pass\nout[0] = total  # here\ntotal = 1"),
        "total is used before",
    ),
    "a slip in cuda": (kernel("i = cuda.blockidx.x  # here\nout[i] = 1"), "Did you mean cuda.blockIdx?"),
    "the host's cuda": (kernel("t = cuda.to_device(a)  # here\nout[0] = t[0]"), "around a kernel"),
    "an attribute that arrays lack": (
        kernel("i = 0\nif i < a.length:  # here\n    out[i] = 1"),
        "1-d array of float32 has no .length",
    ),
    "a fourth axis": (kernel("i = cuda.threadIdx.w  # here\nout[i] = 1"), "no .w"),
    "threadIdx as an index": (kernel("out[cuda.threadIdx] = a[0]  # here"), "Take its .x"),
    "an index too many": (kernel("i = 0\nout[i] = a[i, i]  # here"), "1 dimension and is given 2 indices"),
    "an index too few": (kernel("i = 0\nout[i, 0] = a[i] + 10  # here", parameters="out, a, rows, cols"), "index"),
    "a float as an index": (kernel("i = cuda.grid(1)\nout[i / 2] = a[i]  # here"), "float64. // divides"),
    "text as an index": (kernel('out["x"] = a[0]  # here'), "this one is text"),
    "a whole array in an element": (kernel("out[0] = a  # here"), "given a whole array"),
    "one variable of two types": (
        kernel("if size > 3:\n    x = (1, 2)\nelse:\n    x = 3\nprint(x)  # here"),
        "x is ",
    ),
    "a value returned": (kernel("i = cuda.grid(1)\nreturn i  # here"), "returns nothing"),
    "a plain function called": (
        kernel("out[0] = ten(a[0])  # here", above="def ten(x):\n    return x + 10"),
        "Put @cuda.jit(device=True) above it",
    ),
    "an argument missing": (
        kernel("out[0] = both(a[0])  # here", above="@cuda.jit(device=True)\ndef both(x, y):\n    return x"),
        "takes ",
    ),
    "a fault in a device function": (
        kernel("out[0] = ten(a[0])", above="@cuda.jit(device=True)\ndef ten(x):\n    return x.tens  # here"),
        "has no .tens",
    ),
    "a list in a device function": (
        kernel("out[0] = ten(a[0])", above="@cuda.jit(device=True)\ndef ten(x):\n    return len([x, 10])  # here"),
        "no lists",
    ),
    "a function that calls itself": (
        kernel(
            "out[0] = fact(3)",
            above="@cuda.jit(device=True)\ndef fact(n):\n    return n * fact(n - 1) if n else 1  # here",
        ),
        "calls itself",
    ),
    "an array called": (kernel("out[0] = a(0)  # here"), "as if it were a function"),
    "a dictionary of the module": (kernel("out[0] = D[0]  # here", above="D = {0: 1}"), "D is a dict"),
    "math that is not there": (kernel("out[0] = math.comb(size, 2)  # here"), "math.comb does not compile"),
    "grid of a variable": (kernel("i = cuda.grid(size)  # here\nout[i] = 1"), "1, 2 or 3"),
    "a vote without an integer": (kernel("out[0] = cuda.syncthreads_count(a[0] > 0)  # here"), "Write int(...)"),
    "threadIdx by itself": (
        kernel("i = threadIdx.x  # here\nout[i] = 1", above="from numba.cuda import threadIdx"),
        "cuda.threadIdx",
    ),
    "other types in the decorator": (
        kernel("out[0] = 1", jit='@cuda.jit("void(float64[:], float64[:], int64)")  # here'),
        "(float64[:], float64[:], int64), and the kernel is launched with (float32[:], float32[:], int64)",
    ),
    "one dimension too many in the decorator": (
        kernel("out[0, 0] = 1", jit='@cuda.jit("(float32[:, :], float32[:], int64)")  # here'),
        "float32[:, :]",
    ),
    "types that do not exist": (
        kernel("out[0] = 1", jit='@cuda.jit("void(flot32[:], float32[:], int64)")  # here'),
        "does not understand the types",
    ),
    "an array copied": (kernel("i = 0\nout[:3] = a[:3]  # here"), "memory"),
    "print of an array": (kernel("print(a)  # here"), "single values"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_wrong_kernel_fails_in_plain_words_with_its_line(compiler: FrontEnd, name: str) -> None:
    source, words = REFUSED[name]
    said = report(compiler, source, PLANE if "rows, cols" in source else LINE)
    line, text = next((n, text) for n, text in enumerate(source.splitlines(), 1) if "# here" in text)
    assert (said.status, said.line) == ("failed", line), said.message
    assert words in said.message
    assert said.message.startswith(f"Line {line}, `{text.strip()}`: ")
    assert "\n" not in said.message


def test_two_faults_are_both_told(compiler: FrontEnd) -> None:
    said = report(compiler, kernel("x = [1]\nout[0] = x[0] + b"))
    assert "no lists" in said.message
    assert "b is not defined" in said.message


def test_what_passes_everywhere_of_numpy_passes_here(compiler: FrontEnd) -> None:
    two = {"arctan2", "equal", "fmax", "fmin", "greater", "greater_equal", "hypot", "less", "less_equal", "not_equal",
           "logical_and", "logical_or", "logical_xor", "maximum", "minimum"}  # fmt: skip
    whole = {"bitwise_and", "bitwise_or", "bitwise_xor", "left_shift", "right_shift"}
    calls = [
        f"np.{name}(size, size)" if name in whole else f"np.{name}(a[0], a[1])" if name in two else f"np.{name}(size)"
        for name in sorted(COMPILED_EVERYWHERE)
    ]
    said = report(compiler, kernel("\n".join(f"out[0] = {call}" for call in calls)))
    assert said.status == "passed", said.message


# Puzzles


FOR_CUDA = [spec for spec in all_specs() if isinstance(spec, KernelSpec) and spec.target == "cuda"]


@pytest.mark.parametrize("folder", ["puzzles", "solutions"])
@pytest.mark.parametrize("spec", FOR_CUDA, ids=lambda spec: spec.test_name)
def test_every_stub_and_every_solution_compiles(compiler: FrontEnd, folder: str, spec) -> None:  # type: ignore[no-untyped-def]
    [path] = Path(__file__).parents[2].glob(f"{folder}/*/{spec.file_name}")
    made = {"scalar": next(iter(spec.scalars), ""), "makes": spec.makes_kernel}
    said = report(compiler, path.read_text(), dict(spec.signature), filename=str(path), function=spec.name, **made)
    assert said.status == "passed", said.message


def test_a_puzzle_is_found_by_its_name_whatever_its_function_is_called(compiler: FrontEnd) -> None:
    source = PREAMBLE + dedent("""
        from minigrad.workbook import puzzle

        def make(n):
            @cuda.jit
            def kernel(out, a, size):
                out[0] = a[0] + n + b
            return kernel

        mine = puzzle("blocks")(make(3))
    """)
    said = report(compiler, source, function="blocks")
    assert (said.status, said.line) == ("failed", 12), said.message


def test_constants_are_changed_and_what_is_worked_out_from_them_follows(compiler: FrontEnd) -> None:
    source = kernel(
        "t = cuda.shared.array(HALO, float32)\nout[0] = ONLY[0]",
        above="TPB = 32\nHALO = TPB + 2\nONLY = (1,) if HALO == 10 else {}",
    )
    assert report(compiler, source).status == "failed"
    assert report(compiler, source, constants={"TPB": 8}).status == "passed"


def test_arrays_are_contiguous_as_they_are_when_launched(compiler: FrontEnd) -> None:
    assert report(compiler, kernel("b = a.reshape(size, 1)\nout[0] = b[0, 0]")).status == "passed"


def test_a_notebook_cell_has_lines_too(compiler: FrontEnd) -> None:
    said = report(compiler, kernel("out[0] = b"), filename="<ipython-input-3-0123456789ab>")
    assert (said.status, said.line) == ("failed", 11), said.message


def test_parameters_have_to_be_as_many_as_types(compiler: FrontEnd) -> None:
    said = report(compiler, kernel("out[0] = 1", parameters="out, a"))
    assert said.status == "failed"
    assert "(out, a), and they should be (out, a, size)" in said.message


# What a file may do

BESIDE = {
    "prints": 'print("{}\\n" * 10000)\nimport os\nos.write(1, b"{}\\n")\nos.write(2, b"x")',
    "reads": "try:\n    input()\nexcept EOFError:\n    pass",
    "closes its streams": "import sys\nsys.stdin.close()\nsys.stdout.close()",
    "leaves once its kernel is there": "raise SystemExit(3)",
    "fails once its kernel is there": "1 / 0",
    "launches": "k[1, 1](np.zeros(3), np.zeros(3), 3)",
    "is a program": 'if __name__ == "__main__":\n    raise RuntimeError',
    "changes what others use": "import json, os, sys\njson.dumps = sys.exit\nsys.path.clear()\nos.chdir('/')",
}


@pytest.mark.parametrize("what", BESIDE)
def test_what_a_file_does_beside_its_kernel_does_not_count(compiler: FrontEnd, what: str) -> None:
    said = report(compiler, kernel("out[0] = a[0]") + BESIDE[what])
    assert said.status == "passed", said.message


def test_a_file_that_cannot_run_here_is_skipped(compiler: FrontEnd) -> None:
    for above, why in [
        ("import nothing_of_this_name", "line 6: ModuleNotFoundError"),
        ("raise SystemExit", "line 6: SystemExit"),
        ("def (", "line 6: SyntaxError"),
    ]:
        said = report(compiler, kernel("out[0] = a[0]", above=above))
        assert said.status == "skipped"
        assert why in said.message
    assert "no function nowhere" in report(compiler, kernel("out[0] = a[0]"), function="nowhere").message


def test_what_a_stopped_file_no_longer_defined_is_not_held_against_it(compiler: FrontEnd) -> None:
    source = kernel("out[0] = later(a[0])") + "1 / 0\n@cuda.jit(device=True)\ndef later(x):\n    return x\n"
    said = report(compiler, source)
    assert said.status == "skipped"
    assert "ZeroDivisionError" in said.message


def test_a_file_that_switches_numbas_simulator_on_is_compiled_all_the_same(compiler: FrontEnd) -> None:
    switch = "import os\nos.environ['NUMBA_ENABLE_CUDASIM'] = os.environ['NUMBA_DISABLE_JIT'] = '1'\n"
    direct = "numba.config.ENABLE_CUDASIM = 1\n"
    functions = "@cuda.jit(device=True)\ndef one(x):\n    return x\n\n@numba.njit\ndef two(x):\n    return x\n"
    for above in (switch + functions, direct + functions, functions):
        said = report(compiler, kernel("out[0] = one(a[0]) + two(a[0])", above=above))
        assert said.status == "passed", said.message


def test_types_that_numba_does_not_know_are_not_the_kernels_fault(compiler: FrontEnd) -> None:
    said = report(compiler, kernel("out[0] = a[0]"), LINE | {"out": "float31[:]"})
    assert said.status == "skipped"
    assert "float31" in said.message


def test_a_compiler_that_dies_or_hangs_is_replaced() -> None:
    with FrontEnd() as compiler:
        dead = report(compiler, "import os\nos._exit(3)\n")
        hangs = compiler.submit(Request("while True:\n    pass\n", "puzzle.py", "k", LINE))
        waits = compiler.submit(Request(kernel("out[0] = a[0]"), "puzzle.py", "k", LINE))
        hung = hangs.result(timeout=0.2)
        assert (dead.status, hung.status) == ("skipped", "skipped")
        assert "exit status 3" in dead.message
        assert "more than 0.2 seconds" in hung.message
        assert waits.result().status == "passed"


def test_what_is_on_its_way_when_the_front_end_closes_is_skipped() -> None:
    compiler = FrontEnd()
    asked = [compiler.submit(Request(kernel("out[0] = a[0]"), "puzzle.py", "k", LINE)) for _ in range(3)]
    compiler.close()
    late = compiler.submit(Request(kernel("out[0] = a[0]"), "puzzle.py", "k", LINE))
    assert [each.result().status for each in (*asked, late)] == ["skipped"] * 4


def test_a_python_that_cannot_be_started_skips(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    with FrontEnd() as compiler:
        assert "could not be started" in report(compiler, kernel("out[0] = a[0]")).message


# Where there is no compiler library

NO_NVVM = """
import ctypes

class CDLL(ctypes.CDLL):
    def __init__(self, name, *given, **named):
        if "nvvm" in str(name):
            raise OSError(f"{name} is hidden")
        super().__init__(name, *given, **named)

ctypes.CDLL = CDLL
"""


@pytest.mark.parametrize("hidden", ["libdevice", "NVVM"])
def test_without_a_compiler_library_types_and_lowering_are_checked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, hidden: str
) -> None:
    monkeypatch.setenv("CUDA_HOME", str(tmp_path))
    if hidden == "NVVM":
        (tmp_path / "sitecustomize.py").write_text(NO_NVVM)
        monkeypatch.syspath_prepend(tmp_path)
    with FrontEnd() as compiler:
        right = report(compiler, ACCEPTED["shuffles"])
        wrong = report(compiler, REFUSED["a set"][0])
    assert (right.status, wrong.status) == ("passed", "failed")
    assert not right.message or right.message.startswith("Types and lowering were checked. PTX was not made (")


def test_one_front_end_is_shared() -> None:
    assert front_end() is front_end()
