"""The kernel that a case wants: with its module constants, and made for its scalar function."""

from pathlib import Path

import numpy as np
import pytest

import minigrad
from minigrad.workbook.checks import spec_of
from minigrad.workbook.checks.part4_kernels import MAP_SCALARS
from minigrad.workbook.engine import check_file
from minigrad.workbook.frontend import Request, front_end
from minigrad.workbook.load import load
from minigrad.workbook.numba_run import run
from minigrad.workbook.spec import Case
from minigrad.workbook.trial import try_case
from minigrad.workbook.variants import Unusable, Variants

SOLUTIONS = Path(minigrad.__file__).parents[1] / "solutions" / "part4_strides"
REDUCE = (SOLUTIONS / "puzzle36_cuda_tensor_reduce.py").read_text(encoding="utf-8")
MAP = (SOLUTIONS / "puzzle34_cuda_tensor_map.py").read_text(encoding="utf-8")


@pytest.fixture
def puzzle(tmp_path):
    """The puzzle of a file that holds a solution, with some of its text replaced."""

    def write(solution, *replacements):
        for old, new in replacements:
            assert old in solution
            solution = solution.replace(old, new)
        number = 36 if "cuda_tensor_reduce" in solution else 34
        path = tmp_path / spec_of(str(number)).file_name
        path.write_text(solution, encoding="utf-8")
        return load(path)

    return write


def case_of(puzzle, tpb=None, scalar=""):
    profile = puzzle.spec.profile()
    constants = {} if tpb is None else {"TPB": tpb}
    return Case(profile.arguments, profile.grid, (tpb,) if tpb else profile.block, constants=constants, scalar=scalar)


def reduced(puzzle, tpb, scalar="add"):
    """A trial of the puzzle's profile with another number of threads in a block."""
    case = case_of(puzzle, tpb, scalar)
    return try_case(puzzle.spec, Variants(puzzle).function(case), case)


def why_unusable(puzzle, case):
    with pytest.raises(Unusable) as caught:
        Variants(puzzle).kernel(case)
    return str(caught.value)


# Constants


@pytest.mark.parametrize("tpb", [1, 8, 64, 256])
def test_a_file_is_run_with_other_constants(puzzle, tpb):
    trial = reduced(puzzle(REDUCE), tpb)
    assert trial.is_correct and trial.is_safe


@pytest.mark.parametrize("tpb", [8, 64])
@pytest.mark.parametrize(
    "line",
    ["HALF = TPB // 2", "HALF: int = TPB // 2", "HALF = (lambda: TPB // 2)()", "TWICE = 2 * TPB; HALF = TWICE // 4"],
)
def test_what_is_worked_out_from_a_constant_follows(puzzle, tpb, line):
    given = puzzle(REDUCE, ("TPB = 32\n", f"TPB = 32\n{line}\n"), ("half = TPB // 2", "half = HALF"))
    assert reduced(given, tpb).is_correct


def test_a_constant_may_have_a_type(puzzle):
    assert reduced(puzzle(REDUCE, ("TPB = 32", "TPB: int = 32")), 8).is_correct


def test_a_number_written_in_place_of_a_constant_does_not_follow(puzzle):
    given = puzzle(REDUCE, ("half = TPB // 2", "half = 16"))
    assert not reduced(given, 64).is_correct


def test_a_file_without_the_constant_cannot_be_used(puzzle):
    given = puzzle(REDUCE, ("TPB = 32\n", ""), ("TPB", "32"))
    assert why_unusable(given, case_of(given, 8, "add")) == (
        "This puzzle is run with different values of TPB, so the file has to set it in a line of its own, outside the "
        "kernel: TPB = 8."
    )


def test_a_constant_inside_the_function_does_not_count(puzzle):
    given = puzzle(REDUCE, ("TPB = 32\n", ""), ("    @cuda.jit\n", "    TPB = 32\n\n    @cuda.jit\n"))
    assert "outside the kernel: TPB = 8." in why_unusable(given, case_of(given, 8, "add"))


def test_a_file_that_fails_with_a_constant_cannot_be_used(puzzle):
    given = puzzle(REDUCE, ("TPB = 32\n", 'TPB = 32\nif TPB < 16:\n    raise ValueError("too few threads")\n'))
    line = REDUCE[: REDUCE.index("TPB = 32")].count("\n") + 3
    assert why_unusable(given, case_of(given, 8, "add")) == (
        f"The file raised ValueError in line {line} when it was run with TPB = 8 (too few threads)."
    )
    assert reduced(given, 64).is_correct


def test_a_file_whose_puzzle_depends_on_a_constant_may_lack_one(puzzle):
    given = puzzle(REDUCE, ('@puzzle("cuda_tensor_reduce")', '@(puzzle("cuda_tensor_reduce") if TPB > 8 else int)'))
    assert "raised TypeError" in why_unusable(given, case_of(given, 8, "add"))


def test_the_learners_own_module_keeps_its_constants(puzzle):
    given = puzzle(REDUCE)
    reduced(given, 8)
    assert given.function.__globals__["TPB"] == 32


# Kernels that are made


@pytest.mark.parametrize("scalar", MAP_SCALARS)
def test_a_kernel_is_made_for_each_scalar_function(puzzle, scalar):
    given = puzzle(MAP)
    case = case_of(given, scalar=scalar)
    trial = try_case(given.spec, Variants(given).function(case), case)
    assert trial.is_correct and trial.is_safe
    a = case.arguments["a"]
    assert np.array_equal(trial.arguments["out"], MAP_SCALARS[scalar].on_arrays(a))


def test_a_kernel_is_made_once(puzzle):
    variants = Variants(puzzle(MAP))
    case = case_of(puzzle(MAP), scalar="neg")
    assert variants.kernel(case) is variants.kernel(case)
    assert variants.kernel(case) is not variants.kernel(case_of(puzzle(MAP), scalar="square"))


RETURN = "    return kernel\n"


@pytest.mark.parametrize(
    "returned, why",
    [
        ("", "cuda_tensor_map(neg) returned nothing. It has to return the kernel."),
        (
            "    return kernel.py_func\n",
            "cuda_tensor_map(neg) returned a plain function. It has to return a kernel, compiled with cuda.jit.",
        ),
        ("    return 3\n", "cuda_tensor_map(neg) returned a int. It has to return a kernel, compiled with cuda.jit."),
        (
            "    return f\n",
            "cuda_tensor_map(neg) returned a device function. It has to return a kernel: cuda.jit without device=True.",
        ),
        (
            "    from numba import njit\n\n    return njit(kernel.py_func)\n",
            "The kernel that cuda_tensor_map(neg) returned has to be compiled with cuda.jit.",
        ),
        (
            "    return kernel(3)\n",
            "The file raised",
        ),
    ],
)
def test_what_is_no_kernel_is_refused(puzzle, returned, why):
    given = puzzle(MAP, (RETURN, returned))
    assert why_unusable(given, case_of(given, scalar="neg")).startswith(why)


@pytest.mark.parametrize(
    "parameters", ["out, out_shape", "out, out_shape, out_strides, out_size, x, x_shape, x_strides", "*tensors"]
)
def test_a_kernel_with_other_parameters_is_refused(puzzle, parameters):
    expected = "out, out_shape, out_strides, out_size, a, a_shape, a_strides"
    given = puzzle(MAP, (f"def kernel({expected})", f"def kernel({parameters})"))
    told = parameters.replace("*", "")
    assert why_unusable(given, case_of(given, scalar="neg")) == (
        f"The kernel that cuda_tensor_map(neg) returned has the parameters ({told}). "
        f"They have to be ({expected}), in this order."
    )


def test_a_function_that_raises_is_refused_with_its_line(puzzle):
    given = puzzle(MAP, (RETURN, "    return 1 // 0\n"))
    line = MAP[: MAP.index(RETURN)].count("\n") + 1
    assert why_unusable(given, case_of(given, scalar="neg")).startswith(
        f"The file raised ZeroDivisionError in line {line} when it was called: cuda_tensor_map(neg)"
    )


def test_an_unusable_function_is_an_error_that_says_so(tmp_path):
    path = tmp_path / "puzzle34_cuda_tensor_map.py"
    path.write_text(MAP.replace(RETURN, ""), encoding="utf-8")
    verdict = check_file(path)
    assert verdict.status == "error"
    assert verdict.message.endswith("returned nothing. It has to return the kernel.")


def test_a_file_without_a_constant_is_an_error_that_says_so(tmp_path):
    path = tmp_path / "puzzle36_cuda_tensor_reduce.py"
    path.write_text(REDUCE.replace("TPB = 32", ""), encoding="utf-8")
    verdict = check_file(path)
    assert verdict.status == "error" and verdict.message.startswith("This puzzle is run with different values of TPB")


# The same closures on numba


@pytest.mark.parametrize("scalar", ["neg", "relu"])
def test_a_kernel_around_a_scalar_function_runs_on_numbas_simulator(puzzle, scalar):
    given = puzzle(MAP)
    case = case_of(given, scalar=scalar)
    small = {name: value[:1] if name == "a" else value for name, value in case.arguments.items()}
    small |= {"out": np.zeros(1, np.float32), "out_size": 1}
    small |= {name: np.ones(1, np.int64) for name in ("out_shape", "out_strides", "a_shape", "a_strides")}
    outcome = run(Variants(given).kernel(case), (1,), (2,), list(small.values()))
    assert outcome.status == "ran", outcome
    assert small["out"][0] == MAP_SCALARS[scalar].on_arrays(small["a"])[0]


def compiled(solution, name, scalar, constants=None):
    spec = spec_of(name)
    request = Request(solution, f"{name}.py", name, spec.signature, constants or {}, scalar, makes=True)
    return front_end().submit(request).result()


@pytest.mark.parametrize("scalar", MAP_SCALARS)
def test_a_kernel_around_any_of_the_scalar_functions_compiles(scalar):
    assert compiled(MAP, "cuda_tensor_map", scalar).status == "passed"


@pytest.mark.parametrize("tpb", [8, 64])
def test_a_kernel_compiles_with_each_constant(tpb):
    report = compiled(REDUCE, "cuda_tensor_reduce", "max", {"TPB": tpb})
    assert report.status == "passed", report


def test_a_typing_error_in_a_kernel_that_was_made_names_its_line():
    wrong = MAP.replace("out[place_out] = f(a[place_a])", 'out[place_out] = f("a")')
    report = compiled(wrong, "cuda_tensor_map", "neg")
    assert (report.status, report.line) == ("failed", wrong[: wrong.index('f("a")')].count("\n") + 1)


@pytest.mark.parametrize("returned", ["    return 1 // 0\n", "    return 3\n", ""])
def test_a_function_that_makes_no_kernel_is_not_the_compilers_to_judge(returned):
    report = compiled(MAP.replace(RETURN, returned), "cuda_tensor_map", "neg")
    assert report.status == "skipped" and "kernel" in report.message
    assert compiled(MAP, "cuda_tensor_map", "neg").status == "passed", "the process works on"


def test_a_kernel_compiled_for_other_types_is_refused():
    types = '"void(float64[:], int64[:], int64[:], int64, float64[:], int64[:], int64[:])"'
    report = compiled(MAP.replace("@cuda.jit\n", f"@cuda.jit({types})\n"), "cuda_tensor_map", "neg")
    assert report.status == "failed" and "the decorator gives the types" in report.message
