"""A kernel's copy has the simulator's ``cuda`` wherever the original has the real one; the original never changes."""

import importlib
import linecache
import math
import math as m
import sys
import types
from math import exp, pi
from types import ModuleType
from typing import Any

import numba
import numba as nb
import numba.cuda
import numba.cuda as gpu
import numpy as np
import pytest
from numba import cuda, float32, njit
from sources import line_with

from minigrad.simulator import KernelError, SimulatorError, Unsupported, launch
from minigrad.workbook.numba_simulator import prepare

prepare()  # sets what numba's simulator has no from-imports for

from numba.cuda import atomic, blockDim, blockIdx, grid, shared, syncthreads, threadIdx  # noqa: E402
from numba.cuda import threadIdx as here  # noqa: E402

TABLE = np.array([2.0, 3.0, 5.0])
FACTOR = 10


def result(kernel: Any, size: int = 4, block: int = 4, **options: Any) -> list[float]:
    """What the kernel writes, the same whether or not it is recorded."""
    outs = []
    for record in (False, True):
        out = np.zeros(size)
        trace = launch(kernel, 1, block, out, record=record, **options)
        assert not trace.faults
        outs.append(out.tolist())
    assert outs[0] == outs[1]
    return outs[0]


# Ways to say cuda


def by_its_name(out):
    out[cuda.threadIdx.x] = cuda.blockDim.x


def through_numba(out):
    out[numba.cuda.threadIdx.x] = numba.cuda.blockDim.x


def through_another_name_for_numba(out):
    out[nb.cuda.threadIdx.x] = nb.cuda.blockDim.x


def through_another_name(out):
    out[gpu.threadIdx.x] = gpu.blockDim.x


def imported_from_it(out):
    out[threadIdx.x + blockIdx.x] = blockDim.x


def imported_from_it_under_another_name(out):
    out[here.x] = blockDim.x


def functions_imported_from_it(out):
    tile = shared.array(4, float32)
    i = grid(1)
    tile[i] = 1
    syncthreads()
    atomic.add(out, i, tile[0] + tile[1] + tile[2] + tile[3])


def a_default(out, cuda=cuda):
    out[cuda.threadIdx.x] = cuda.blockDim.x


def a_keyword_default(out, *, gpu=cuda):
    out[gpu.threadIdx.x] = gpu.blockDim.x


@cuda.jit
def decorated(out):
    out[cuda.threadIdx.x] = cuda.blockDim.x


@cuda.jit("void(float64[:])")
def decorated_with_a_signature(out):
    out[cuda.threadIdx.x] = cuda.blockDim.x


def in_a_closure() -> Any:
    from numba import cuda as inner

    def kernel(out):
        out[inner.threadIdx.x] = inner.blockDim.x

    return kernel


def in_a_closure_decorated() -> Any:
    from numba import cuda as inner

    @inner.jit
    def kernel(out):
        out[inner.threadIdx.x] = inner.blockDim.x

    return kernel


def in_a_closure_through_numba() -> Any:
    import numba as inner

    def kernel(out):
        out[inner.cuda.threadIdx.x] = inner.cuda.blockDim.x

    return kernel


def with_a_factor(factor: int, helper: Any) -> Any:
    def kernel(out):
        out[cuda.threadIdx.x] = helper(factor)

    return kernel


WAYS = [
    by_its_name,
    through_numba,
    through_another_name_for_numba,
    through_another_name,
    imported_from_it,
    imported_from_it_under_another_name,
    functions_imported_from_it,
    decorated,
    decorated_with_a_signature,
    in_a_closure(),
    in_a_closure_decorated(),
    in_a_closure_through_numba(),
    with_a_factor(2, lambda x: x * 2),
]


@pytest.mark.parametrize("kernel", WAYS, ids=lambda kernel: getattr(kernel, "__name__", "kernel"))
def test_cuda_is_the_simulators_however_it_is_said(kernel):
    assert result(kernel) == [4, 4, 4, 4]


def test_cuda_is_the_simulators_in_a_default_too():
    def calls(out):
        a_default(out)
        a_keyword_default(out)

    for kernel in (a_default, a_keyword_default, calls):
        assert result(kernel) == [4, 4, 4, 4]


def test_a_lane_number_imported_from_cuda_is_refused_with_what_to_write():
    from numba.cuda import laneid

    def kernel(out):
        out[0] = laneid

    with pytest.raises(Unsupported, match=r"has to be written cuda\.laneid"):
        launch(kernel, 1, 1, np.zeros(1))


# Helpers


def plain(x):
    return x + cuda.blockDim.x


@cuda.jit(device=True)
def on_the_device(x):
    return plain(x) * 2


@njit
def on_the_cpu_too(x):
    return x + 1


@cuda.jit(device=True, inline=True)
def in_line(x):
    return on_the_device(on_the_cpu_too(x))


def even(n):
    return True if n == 0 else odd(n - 1)


def odd(n):
    return False if n == 0 else even(n - 1)


def factorial(n):
    return 1 if n < 2 else n * factorial(n - 1)


double = lambda x: 2 * x * cuda.blockDim.x  # noqa: E731


def meets(tile, i):
    tile[i] = i
    cuda.syncthreads()
    return tile[cuda.blockDim.x - 1 - i]


def shared_in_a_helper(i, value):
    tile = cuda.shared.array(4, numba.float64)
    tile[i] = value
    cuda.syncthreads()
    return tile[3 - i]


def use(helper: Any) -> Any:
    def kernel(out):
        out[cuda.threadIdx.x] = helper(cuda.threadIdx.x)

    return kernel


@pytest.mark.parametrize(
    ("helper", "expected"),
    [
        (plain, [4, 5, 6, 7]),
        (on_the_device, [8, 10, 12, 14]),
        (on_the_cpu_too, [1, 2, 3, 4]),
        (in_line, [10, 12, 14, 16]),
        (even, [1, 0, 1, 0]),
        (factorial, [1, 1, 2, 6]),
        (double, [0, 8, 16, 24]),
        (lambda i: meets(cuda.shared.array(4, numba.int32), i), [3, 2, 1, 0]),
        (lambda i: shared_in_a_helper(i, i), [3, 2, 1, 0]),
        (lambda i: TABLE[min(i, 2)] * FACTOR, [20, 30, 50, 50]),
        (lambda i: exp(1000.0 * i) > 1, [0, 1, 1, 1]),
        (lambda i: m.exp(1000.0 * i) == math.inf, [0, 1, 1, 1]),
        (lambda i: math.floor(pi), [3] * 4),
        (lambda i: max(i, 2), [2, 2, 2, 3]),
    ],
)
def test_helpers_are_copied_with_what_they_call(helper, expected):
    assert result(use(helper)) == expected


def test_a_recursive_helper_in_a_closure_finds_itself():
    def down(n):
        return 0 if n == 0 else 1 + down(n - 1) + 0 * cuda.threadIdx.x

    assert result(use(down)) == [0, 1, 2, 3]


def test_a_helper_that_two_kernels_call_is_right_in_both():
    assert result(use(on_the_device)) == [8, 10, 12, 14]
    out = np.zeros(2)
    launch(use(on_the_device), 1, 2, out)
    assert out.tolist() == [4, 6]


def test_one_closure_of_another_factor_is_another_kernel():
    for factor in (1, 2, 3):
        assert result(with_a_factor(factor, plain)) == [4 + factor] * 4


def test_a_shared_array_of_a_helper_is_one_array_for_all_its_calls():
    """As on a GPU, where it is a static variable of the function."""

    def kernel(out):
        i = cuda.threadIdx.x
        shared_in_a_helper(i, 1)
        cuda.syncthreads()
        out[i] = shared_in_a_helper(i, i)

    assert result(kernel) == [3, 2, 1, 0]


def test_functions_made_inside_a_kernel_see_its_variables():
    def kernel(out):
        i = cuda.threadIdx.x

        def inner(k):
            return i + k + cuda.blockDim.x

        out[i] = inner(1) + (lambda: i)()

    assert result(kernel) == [5, 7, 9, 11]


def test_a_value_that_is_bound_later_is_found_when_it_is():
    def kernel(out):
        out[cuda.threadIdx.x] = later(1)

    with pytest.raises(KernelError, match="NameError"):
        launch(kernel, 1, 1, np.zeros(1))

    def later(x):
        return x + cuda.blockDim.x

    assert result(kernel) == [5] * 4


def test_globals_are_those_of_now():
    global FACTOR

    def kernel(out):
        out[0] = FACTOR

    before = FACTOR
    try:
        for FACTOR in (3, 4):
            assert result(kernel) == [FACTOR, 0, 0, 0]
    finally:
        FACTOR = before


def test_a_module_of_helpers_may_be_used_by_its_name(monkeypatch):
    tools = ModuleType("tools")
    inner = ModuleType("tools.inner")
    tools.inner = inner  # type: ignore[attr-defined]
    inner.on_the_device = on_the_device  # type: ignore[attr-defined]
    tools.on_the_device = on_the_device  # type: ignore[attr-defined]
    tools.TABLE, tools.FACTOR, tools.cuda = TABLE, 7, cuda  # type: ignore[attr-defined]
    tools.tools = tools  # type: ignore[attr-defined]

    def kernel(out):
        i = tools.cuda.threadIdx.x
        out[i] = tools.on_the_device(i) + tools.FACTOR + tools.TABLE[0] + 100 * tools.tools.inner.on_the_device(i)

    assert result(kernel) == [100 * x + x + 9 for x in (8, 10, 12, 14)]

    def outside(out):
        out[0] = tools.TABLE[3]

    (fault,) = launch(outside, 1, 1, np.zeros(1)).faults
    assert (fault.kind, fault.array, fault.index) == ("out-of-bounds", "TABLE", (3,))


def test_numpys_types_and_constants_are_numpys():
    def kernel(out):
        out[cuda.threadIdx.x] = np.pi + numba.int32.bitwidth + (np.float32(1) / np.float32(3) == np.float32(1 / 3))

    assert result(kernel) == [math.pi + 33] * 4


def test_print_prints(capsys):
    def kernel(out):
        print("thread", cuda.threadIdx.x)

    launch(kernel, 1, 2, np.zeros(1))
    assert capsys.readouterr().out == "thread 0\nthread 1\n"


# The original


def test_nothing_of_the_original_changes():
    function = in_a_closure()
    module = sys.modules[__name__]
    before = dict(vars(module))
    parts = ("__code__", "__closure__", "__defaults__", "__kwdefaults__", "__dict__", "__globals__")
    functions = [function, a_default, a_keyword_default, decorated.py_func, plain, imported_from_it]
    kept = [[getattr(each, part) for part in parts] for each in functions]
    cells = [cell.cell_contents for cell in function.__closure__]
    for each in (function, decorated, imported_from_it, use(in_line)):
        launch(each, 1, 4, np.zeros(4))
    for each, values in zip(functions, kept, strict=True):
        assert all(getattr(each, part) is value for part, value in zip(parts, values, strict=True))
    assert [cell.cell_contents for cell in function.__closure__] == cells
    assert vars(module) == before
    assert math.exp is exp and m is math
    with pytest.raises(OverflowError):
        math.exp(1000)


def test_a_kernel_still_runs_on_numba_after_it_ran_here():
    assert result(decorated) == [4] * 4
    out = np.zeros(4)
    decorated[1, 4](out)
    assert out.tolist() == [4] * 4
    assert result(decorated) == [4] * 4


def test_the_module_of_the_kernel_does_not_have_to_have_numba():
    names: dict[str, Any] = {}
    exec("def kernel(out):\n    out[0] = 1", names)
    assert result(names["kernel"]) == [1, 0, 0, 0]


def test_a_module_level_array_is_not_written():
    before = TABLE.copy()

    def kernel(out):
        TABLE[0] = 9

    with pytest.raises(KernelError, match="a constant array cannot be written"):
        launch(kernel, 1, 1, np.zeros(1))
    assert (before == TABLE).all()


# Lines


FIRST = """from numba import cuda

def kernel(out):
    i = cuda.grid(1)
    out[i + 1] = 7 // i
"""


@pytest.fixture
def module_of(tmp_path, monkeypatch):
    """Import a module of this text, or write another text to its file."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    path = tmp_path / "written_just_now.py"

    def write(text: str, *, load: bool = True) -> Any:
        path.write_text(text)
        linecache.checkcache()
        if not load:
            return None
        sys.modules.pop("written_just_now", None)
        importlib.invalidate_caches()
        return importlib.import_module("written_just_now")

    yield write
    sys.modules.pop("written_just_now", None)


def told(kernel: Any) -> list[tuple[str, int | None, str]]:
    trace = launch(kernel, 1, 2, np.zeros(2), record=False)
    return [(fault.kind, fault.line, fault.source) for fault in trace.faults]


def test_a_file_that_is_as_it_was_imported_gives_its_lines(module_of):
    line = "out[i + 1] = 7 // i"
    assert told(module_of(FIRST).kernel) == [("integer-division-by-zero", 5, line), ("out-of-bounds", 5, line)]


@pytest.mark.parametrize(
    "edited",
    [
        FIRST.replace("7 // i", "8 // i"),
        FIRST.replace("cuda.grid(1)", "cuda.gridsize(1)"),
        FIRST.replace("def kernel", "def another"),
        FIRST.replace("def kernel(out):", "def kernel(out:"),
        "",
    ],
    ids=["another constant", "another function", "another name", "a syntax error", "empty"],
)
def test_a_file_that_was_edited_since_gives_no_text_that_lies(module_of, edited: str):
    kernel = module_of(FIRST).kernel
    module_of(edited, load=False)
    assert told(kernel) == [("integer-division-by-zero", 5, ""), ("out-of-bounds", 5, "")]


def test_a_file_that_was_edited_elsewhere_gives_its_lines(module_of):
    kernel = module_of(FIRST + "\nX = 1\n").kernel
    module_of(FIRST + "\nX = 2\n", load=False)
    assert [line for _, line, text in told(kernel) if text] == [5, 5]
    module_of(FIRST.replace("    i = cuda", "    # one more line\n    i = cuda"), load=False)
    assert [line for _, line, text in told(kernel) if text] == [6, 6]


def test_a_file_that_is_gone_gives_no_text(module_of, tmp_path):
    kernel = module_of(FIRST).kernel
    (tmp_path / "written_just_now.py").unlink()
    linecache.checkcache()
    assert {(line, text) for _, line, text in told(kernel)} == {(5, "")}


def test_an_edited_file_that_was_imported_again_gives_its_new_lines(module_of):
    told(module_of(FIRST).kernel)
    assert {line for _, line, _ in told(module_of("# one more line\n" + FIRST).kernel)} == {6}


def test_a_line_put_in_gives_the_new_lines_when_imported_again(module_of):
    told(module_of(FIRST).kernel)
    longer = FIRST.replace("    i = cuda", "\n    i = cuda")
    assert {line for _, line, _ in told(module_of(longer).kernel)} == {6}
    assert {line for _, line, _ in told(module_of(FIRST).kernel)} == {5}


def test_the_same_text_in_two_files_is_told_apart(tmp_path):
    files = []
    for name in ("one.py", "two.py"):
        (tmp_path / name).write_text(FIRST)
        names: dict[str, Any] = {}
        exec(compile(FIRST, str(tmp_path / name), "exec"), names)
        files.append(launch(names["kernel"], 1, 2, np.zeros(2)).faults[0].file)
    assert files == [str(tmp_path / "one.py"), str(tmp_path / "two.py")]


def test_a_statement_over_several_lines_faults_at_the_line_of_the_access():
    def kernel(out, a):
        out[
            0
        ] = (
            a[0]
            + a[7]  # here
        )  # fmt: skip

    (fault,) = launch(kernel, 1, 1, np.zeros(1), np.zeros(1)).faults
    assert fault.line == line_with("# here", kernel)


# What is no kernel


def test_a_generator_or_a_class_is_refused():
    with pytest.raises(SimulatorError):
        launch(type("Kernel", (), {}), 1, 1)
    with pytest.raises(SimulatorError):
        launch(types.SimpleNamespace(), 1, 1)
