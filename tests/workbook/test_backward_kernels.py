"""Puzzles 73 to 79: their files, what is expected and drawn, and what the third star allows, as the curriculum says.

That the solutions solve their puzzles is what ``pytest solutions/`` is for; ``test_as_function`` has gradcheck.
"""

from collections.abc import Callable
from functools import cache
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from drawn_cases import drawn_from
from puzzle_texts import statement_of

from minigrad.workbook.checks import remarks, spec_of
from minigrad.workbook.checks.part6_kernels import SPECS
from minigrad.workbook.efficiency import over_budget
from minigrad.workbook.load import load
from minigrad.workbook.spec import Case, KernelSpec
from minigrad.workbook.trial import differing, expected_outputs, try_case
from minigrad.workbook.variants import Variants

pytestmark = pytest.mark.on_one_python

ROOT = Path(__file__).parents[2]

every_puzzle = pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.test_name)


# The files


@every_puzzle
def test_a_title_says_that_it_goes_backwards_and_a_statement_what_arrives_filled(spec: KernelSpec) -> None:
    statement = statement_of("puzzles", spec)
    assert statement.splitlines()[0].endswith(", backwards")
    assert ("filled with 0" in statement) == bool(spec.arrives_filled)


# What is expected: the same in plain loops, or in NumPy's float64


@cache
def drawn(name: str) -> list[Case]:
    return drawn_from(spec_of(name).cases(), 150)


def of_max(case: Case) -> dict[str, Any]:
    a, d = case.arguments["a"], case.arguments["d"]
    grad_a = np.zeros(a.shape)
    for row in range(len(a)):
        grad_a[row, a[row].tolist().index(a[row].max())] = d[row]
    return {"grad_a": grad_a}


def from_the_end(case: Case) -> dict[str, Any]:
    d, threads = case.arguments["d"], case.block[0]
    ends = [min(i - i % threads + threads, len(d)) for i in range(len(d))]
    return {"grad_a": np.array([d[i:end].sum() for i, end in enumerate(ends)])}


def of_sigmoid(case: Case) -> dict[str, Any]:
    e = np.exp(-abs(case.arguments["a"].astype(np.float64)))
    return {"grad_a": case.arguments["d"] * e / (1 + e) ** 2}


OTHERWISE: dict[str, Callable[[Case], dict[str, Any]]] = {
    "map_backward": of_sigmoid,
    "zip_backward": lambda case: {
        "grad_a": case.arguments["d"] * case.arguments["b"],
        "grad_b": case.arguments["d"] * case.arguments["a"],
    },
    "broadcast_backward": lambda case: {
        "grad_a": case.arguments["d"] @ case.arguments["b"].T,
        "grad_b": case.arguments["a"].T @ case.arguments["d"],
    },
    "sum_backward": lambda case: {
        "grad_a": np.repeat(case.arguments["d"], case.arguments["cols"]).reshape(case.arguments["grad_a"].shape)
    },
    "max_backward": of_max,
    "pooling_backward": lambda case: {
        "grad_a": np.array([case.arguments["d"][i : i + 3].sum() for i in range(case.arguments["size"])])
    },
    "scan_backward": from_the_end,
}


@every_puzzle
def test_autodiff_expects_what_the_formula_says(spec: KernelSpec) -> None:
    for case in drawn(spec.name):
        expected, otherwise = expected_outputs(spec, case), OTHERWISE[spec.name](case)
        assert tuple(expected) == spec.outputs
        for name, gradient in expected.items():
            assert gradient.dtype == np.float32
            assert gradient.shape == np.shape(case.arguments[name]) == otherwise[name].shape
            assert differing(gradient, otherwise[name], None if spec.tolerance is None else 1e-6) == []


def test_the_tolerance_of_map_tells_a_derivative_from_0_at_both_ends_of_what_matters() -> None:
    spec = spec_of("map_backward")
    assert isinstance(spec, KernelSpec) and spec.tolerance is not None
    expected = np.concatenate([expected_outputs(spec, case)["grad_a"] for case in drawn("map_backward")])
    assert np.isfinite(expected).all()
    assert (np.abs(expected) > 1000 * spec.tolerance).mean() > 0.3


# What is drawn


@every_puzzle
def test_arguments_are_those_of_the_signature(spec: KernelSpec) -> None:
    for case in [*drawn(spec.name), spec.profile()]:
        assert tuple(case.arguments) == spec.parameters
        for name, kind in spec.signature.items():
            argument = case.arguments[name]
            if isinstance(argument, int):
                assert kind == "int64"
                continue
            assert argument.dtype == np.float32 and argument.flags.c_contiguous
            assert kind == {1: "float32[::1]", 2: "float32[:, ::1]"}[argument.ndim]
            if name in spec.arrives_filled:
                assert (argument == 0).all()
            else:
                assert np.isnan(argument).all() if name in spec.outputs else np.isfinite(argument).all()


@every_puzzle
def test_what_arrives_is_hardly_ever_1_and_of_either_sign(spec: KernelSpec) -> None:
    """Or a kernel that forgets it would pass."""
    arriving = np.concatenate([case.arguments["d"].ravel() for case in drawn(spec.name)])
    assert (arriving != 1).mean() > 0.8
    assert (arriving < 0).any() and (arriving == 0).any() and (arriving % 1 != 0).any()


@every_puzzle
def test_no_two_inputs_of_a_case_are_one(spec: KernelSpec) -> None:
    for case in drawn(spec.name):
        inputs = [np.ravel(v) for name, v in case.arguments.items() if name not in spec.outputs and np.size(v) > 3]
        for i, one in enumerate(inputs):
            assert not any(np.array_equal(one, other) for other in inputs[:i])


@every_puzzle
def test_launches_cross_every_edge(spec: KernelSpec) -> None:
    cases = drawn(spec.name)
    assert {"forward", "reverse", 1, 2, 3} == {case.order for case in cases}
    assert any(prod(case.grid) > 2 for case in cases)
    if spec.name != "max_backward":
        assert any(case.arguments["d"].size == 0 for case in cases), "nothing to do"
        assert any(case.threads > 2 * case.arguments["d"].size > 0 for case in cases), "many idle threads"
        assert all(case.threads >= case.arguments["d"].size for case in cases), "enough threads"


def test_tiles_are_squares_of_both_sizes_and_sheets_have_several() -> None:
    cases = drawn("broadcast_backward")
    assert all(case.block == (case.constants["TILE"],) * 2 for case in cases)
    assert {case.constants["TILE"] for case in cases} == {4, 8}
    for axis in (0, 1):
        blocks = [-(-case.arguments["d"].shape[axis] // case.block[axis]) for case in cases]
        assert {0, 1, 2} <= set(blocks) and max(blocks) > 2


def test_map_draws_up_to_80_and_not_beyond() -> None:
    numbers = np.concatenate([case.arguments["a"] for case in drawn("map_backward")])
    assert numbers.min() == -80 and numbers.max() == 80


def test_rows_of_max_have_ties_and_are_shorter_and_longer_than_a_block() -> None:
    cases = drawn("max_backward")
    largest = [case.arguments["a"] == case.arguments["a"].max(1, keepdims=True) for case in cases]
    assert any((places.sum(1) > 1).any() for places in largest)
    columns = [(case.arguments["cols"], case.block[0]) for case in cases]
    assert any(cols < threads for cols, threads in columns) and any(cols > 2 * threads for cols, threads in columns)
    assert all(case.grid == (case.arguments["rows"],) and case.arguments["cols"] > 0 for case in cases)


# The third star

STEPS = 6  # log2 of the 64 threads of a block

ALLOWED = {
    "map_backward": {"reads": 2, "writes": 1},
    "zip_backward": {"reads": 3, "writes": 2},
    "broadcast_backward": {"reads": 3, "block_atomics": 2 * 8},
    "sum_backward": {"reads": 1, "writes": 1},
    "max_backward": {},
    "pooling_backward": {"reads": 3, "writes": 1, "atomics": 0},
    "scan_backward": {"reads": 1, "writes": 1, "barriers": 2 * STEPS + 2, "shared_reads": 5 * STEPS + 2},
}
"""The curriculum's column, at 64 threads a block."""


@every_puzzle
def test_the_budget_is_that_of_the_curriculum(spec: KernelSpec) -> None:
    limits = {name: limit for name, limit in vars(spec.budget).items() if isinstance(limit, int)}
    assert {name: limit for name, limit in limits.items() if name != "sectors"} == ALLOWED[spec.name]
    assert prod(spec.profile().block) == 64


@every_puzzle
def test_our_solution_keeps_to_the_budget(spec: KernelSpec) -> None:
    case = spec.profile()
    variants = Variants(load(ROOT / "solutions" / spec.part / spec.file_name))
    trial = try_case(spec, variants.function(case), case, record=True)
    assert trial.is_correct and trial.is_safe
    assert trial.trace is not None and not trial.trace.notes
    assert over_budget(trial, spec.budget) == []
    if spec.budget.sectors is not None:
        assert spec.budget.sectors == trial.trace.counters.sectors * 5 // 4


@pytest.mark.parametrize(
    ("name", "file", "said"),
    [
        ("broadcast_backward", "reads_d_twice", "1024 reads from d; 512 would do"),
        ("max_backward", "finds_the_value_first", "reads from a; 2048 would do"),
    ],
)
def test_what_is_read_more_than_once_is_said(name: str, file: str, said: str) -> None:
    spec = spec_of(name)
    assert isinstance(spec, KernelSpec)
    case = spec.profile()
    kernel = Variants(load(ROOT / "tests/mistakes/kernels/part6_backward" / name / f"{file}.py")).function(case)
    assert any(said in each for each in over_budget(try_case(spec, kernel, case, record=True), spec.budget))


# The remarks


@every_puzzle
def test_every_case_gets_a_remark_of_one_line(spec: KernelSpec) -> None:
    for case in drawn(spec.name):
        said = spec.remark(case)
        assert said.endswith(".") and "\n" not in said and len(said) < 160


@pytest.mark.parametrize(
    ("shape", "grid", "said"),
    [
        ((3, 4), (1, 1), "3 rows and 4 columns under 1 tile of 4 by 4 threads: one of them has it all."),
        (
            (5, 9),
            (3, 2),
            "5 rows and 9 columns under 6 tiles of 4 by 4 threads: a row is a sum over three tiles and a column is a "
            "sum over two tiles.",
        ),
        ((0, 9), (3, 1), "0 rows and 9 columns: no gradient arrives, and the sums stay 0."),
    ],
)
def test_a_remark_counts_the_tiles_over_a_sheet(shape: tuple[int, int], grid: tuple[int, int], said: str) -> None:
    assert remarks.tiles(Case({"d": np.zeros(shape, np.float32)}, grid, (4, 4))) == said


@pytest.mark.parametrize(
    ("size", "more"),
    [
        (0, "nothing to read."),
        (1, "Element 0 is in one window."),
        (2, "The last element is in one window, element 0 in both."),
        (5, "The last element is in one window, element 3 in two."),
    ],
)
def test_a_remark_says_which_elements_are_in_fewer_windows(size: int, more: str) -> None:
    case = Case({"grad_a": np.zeros(size, np.float32), "size": size}, (1,), (8,))
    assert remarks.windows(case).endswith(more)
