"""Puzzles 0 to 12: what is drawn for them keeps its promises, and the references and budgets are right.

What a promise is stands in the statement that the learner reads. Nothing here runs a learner's kernel: that the
solutions solve their puzzles is what ``pytest solutions/`` is for.
"""

from collections.abc import Callable
from functools import cache
from math import prod
from pathlib import Path

import numpy as np
import pytest
from drawn_cases import drawn_from, simplest_of

import minigrad
from minigrad.simulator import launch
from minigrad.workbook.checks import all_specs, remarks, spec_of
from minigrad.workbook.checks.values import SEEDS, counting, signed
from minigrad.workbook.load import load
from minigrad.workbook.spec import Case, KernelSpec

pytestmark = pytest.mark.on_one_python

ROOT = Path(__file__).parents[2]
SPECS = [spec for spec in all_specs() if spec.number <= 12]

every_puzzle = pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.test_name)


# What is drawn


def drawn(spec: KernelSpec) -> list[Case]:
    return drawn_once(spec.name)


@cache
def drawn_once(name: str) -> list[Case]:
    return drawn_from(spec_of(name).cases(), 200)


def shape_of(case: Case) -> tuple[int, ...]:
    return np.shape(case.arguments["out"])


def has_threads_for_each_direction(case: Case) -> bool:
    """Numbers of threads are x first, shapes are rows first."""
    threads = [blocks * block for blocks, block in zip(case.grid, case.block, strict=True)]
    return all(have >= need for have, need in zip(threads, reversed(shape_of(case)), strict=True))


LAUNCH_RULES: dict[str, Callable[[Case], bool]] = {
    "exactly": lambda case: case.grid == (1,) and case.block == shape_of(case),
    "one block": lambda case: prod(case.grid) == 1 and has_threads_for_each_direction(case),
    "covers": has_threads_for_each_direction,
    "any": lambda case: len(case.grid) == len(case.block) == 1,
}
LAUNCH = {
    **dict.fromkeys(("hello", "map"), "exactly"),
    **dict.fromkeys(("guard", "map_2d"), "one block"),
    **dict.fromkeys(("blocks", "blocks_2d"), "covers"),
    "grid_stride": "any",
    **dict.fromkeys(("zip", "broadcast", "fuse", "choose", "roll", "mask"), "covers"),
}
"""The curriculum's column, by name."""


@every_puzzle
def test_launches_keep_to_the_rule_of_the_puzzle(spec: KernelSpec) -> None:
    for case in [*drawn(spec), spec.profile()]:
        assert LAUNCH_RULES[LAUNCH[spec.name]](case), case
        assert min(*case.grid, *case.block) >= 1
        assert prod(case.block) <= 1024


@every_puzzle
def test_arguments_are_those_of_the_signature(spec: KernelSpec) -> None:
    for case in [*drawn(spec), spec.profile()]:
        assert tuple(case.arguments) == spec.parameters
        for name, kind in spec.signature.items():
            argument = case.arguments[name]
            if isinstance(argument, int):
                assert kind == "int64"
            else:
                assert argument.dtype == np.float32
                assert argument.flags.c_contiguous
                assert kind == {1: "float32[::1]", 2: "float32[:, ::1]"}[argument.ndim]
        sizes = case.sizes()
        shape = shape_of(case)
        if "rows" in sizes:
            assert (sizes["rows"], sizes["cols"]) == shape
        elif "size" in sizes:
            assert set(shape) == {sizes["size"]}


@every_puzzle
def test_outputs_arrive_as_nan_and_inputs_never_do(spec: KernelSpec) -> None:
    for case in drawn(spec):
        for name, argument in case.arguments.items():
            if name in spec.outputs:
                assert np.isnan(argument).all()
            else:
                assert np.isfinite(argument).all()


@every_puzzle
def test_no_two_arrays_of_a_case_are_one(spec: KernelSpec) -> None:
    """Unless they are too short to tell."""
    for case in drawn(spec):
        inputs = [v for name, v in case.arguments.items() if name not in spec.outputs and np.size(v) > 3]
        for i, one in enumerate(inputs):
            assert not any(np.array_equal(one, other) for other in inputs[:i])


@every_puzzle
def test_the_simplest_case_has_one_element_and_few_threads(spec: KernelSpec) -> None:
    simplest = simplest_of(spec.cases())
    assert prod(shape_of(simplest)) == 1
    assert simplest.threads <= 6
    assert simplest.order == "forward"
    assert [v.item() for name, v in simplest.arguments.items() if name in "ab"] in ([1], [1, 10], [1, -1])


@every_puzzle
def test_negative_numbers_zeros_and_every_order_occur(spec: KernelSpec) -> None:
    values = np.concatenate([np.ravel(v) for case in drawn(spec) for v in case.arguments.values() if np.ndim(v)])
    assert (values < 0).any() and (values == 0).any()
    assert {"forward", "reverse", 1, 2, 3} == {case.order for case in drawn(spec)}


@pytest.mark.parametrize("spec", [s for s in SPECS if LAUNCH[s.name] != "exactly"], ids=lambda s: s.test_name)
def test_launches_cross_every_edge(spec: KernelSpec) -> None:
    cases = drawn(spec)
    assert any(prod(shape_of(case)) == 0 for case in cases), "nothing to do"
    assert any(case.threads > 2 * prod(shape_of(case)) > 0 for case in cases), "many idle threads"
    assert any(prod(case.block) & (prod(case.block) - 1) for case in cases), "a block that is no power of two"
    if LAUNCH[spec.name] != "one block":
        assert any(prod(case.grid) > 2 for case in cases), "several blocks"
        assert any(prod(case.block) == 1 for case in cases), "a block of one thread"
        assert any(prod(case.block) > 32 or spec.name in TWO_DIMENSIONS for case in cases), "more than a warp"
    if LAUNCH[spec.name] == "any":
        assert any(case.threads < prod(shape_of(case)) for case in cases), "too few threads"
    if spec.name in TWO_DIMENSIONS:
        assert any(1 in shape_of(case) for case in cases), "a single row or column"
        assert sum(case.block[0] != case.block[1] for case in cases) > len(cases) // 2, "blocks mostly not square"
        if spec.name != "mask":
            assert sum(len(set(shape_of(case))) == 2 for case in cases) > len(cases) // 2, "arrays mostly not square"


TWO_DIMENSIONS = ("map_2d", "blocks_2d", "broadcast", "mask")


def test_a_block_of_map_2d_is_never_square() -> None:
    (map_2d,) = (spec for spec in SPECS if spec.name == "map_2d")
    assert all(case.block[0] != case.block[1] for case in drawn(map_2d))


def test_roll_is_shifted_both_ways_and_beyond_its_size() -> None:
    (roll,) = (spec for spec in SPECS if spec.name == "roll")
    sizes = [case.sizes() for case in drawn(roll)]
    assert any(s["shift"] > 2 * s["size"] > 20 for s in sizes)
    assert any(-s["shift"] > 2 * s["size"] > 20 for s in sizes)
    assert any(s["shift"] == 0 for s in sizes)
    assert any(0 < s["shift"] < s["size"] for s in sizes)


def test_choose_meets_ties_of_different_sign_both_ways() -> None:
    (choose,) = (spec for spec in SPECS if spec.name == "choose")
    pairs = {(x, y) for case in drawn(choose) for x, y in zip(case.arguments["a"], case.arguments["b"], strict=True)}
    ties = {(x, y) for x, y in pairs if abs(x) == abs(y) and x != y}
    assert any(x > 0 for x, _ in ties) and any(x < 0 for x, _ in ties)


@pytest.mark.parametrize("spec", [s for s in SPECS if s.name in ("choose", "roll")], ids=lambda s: s.test_name)
def test_the_same_cases_are_drawn_every_time(spec: KernelSpec) -> None:
    for one, other in zip(drawn(spec), drawn_from(spec.cases(), 200), strict=True):
        assert (one.grid, one.block, one.order) == (other.grid, other.block, other.order)
        np.testing.assert_equal(dict(one.arguments), dict(other.arguments))


@pytest.mark.parametrize("seed", SEEDS)
def test_values_are_small_halves_so_that_sums_and_products_are_exact(seed: int) -> None:
    for values in [*[signed((5000,), seed, 1)] * (seed <= 6), *[counting((5000,), seed, 1)] * (seed > 0)]:
        assert values.dtype == np.float32
        assert (values * 2 == np.round(values * 2)).all()
        assert abs(values).max() <= 6


def test_signed_values_are_very_small_too_and_very_large() -> None:
    largest = [abs(signed((5000,), seed, 1)).max() for seed in SEEDS]
    assert min(largest) < 1e-10
    assert max(largest) > 1e10


def test_a_seed_means_the_same_numbers_in_every_process() -> None:
    assert counting((4,), 1, 0).tolist() == [0, 0, 2, 4]


def test_the_pattern_of_seed_0_shows_which_array_and_which_element() -> None:
    assert [counting((3,), 0, place).tolist() for place in range(3)] == [[1, 2, 3], [10, 20, 30], [100, 200, 300]]


# The reference and the budget


def reference(spec: KernelSpec, case: Case) -> dict[str, np.ndarray]:
    inputs = {
        name: argument if isinstance(argument, int) else minigrad.from_numpy(argument)
        for name, argument in case.arguments.items()
        if name not in spec.outputs
    }
    return {name: value.numpy() for name, value in spec.reference(**inputs).items()}


@every_puzzle
def test_the_reference_gives_every_output_its_shape_and_dtype(spec: KernelSpec) -> None:
    for case in drawn(spec)[:50]:
        expected = reference(spec, case)
        assert tuple(expected) == spec.outputs
        for name in spec.outputs:
            assert expected[name].shape == np.shape(case.arguments[name])
            assert expected[name].dtype == np.float32
            assert np.isfinite(expected[name]).all()


@every_puzzle
def test_the_budget_is_what_our_solution_needs(spec: KernelSpec) -> None:
    solution = load(ROOT / "solutions" / spec.part / spec.file_name)
    case = spec.profile()
    trace = launch(
        solution.kernel, case.grid, case.block, *case.arguments.values(), outputs=spec.unwritten, record=True
    )
    assert not trace.faults and not trace.notes
    counters, budget = trace.counters, spec.budget
    needed = {
        "reads": counters.global_reads.max(),
        "writes": counters.global_writes.max(),
        "total_reads": counters.global_reads.sum(),
        "total_writes": counters.global_writes.sum(),
        "sectors": counters.sectors * 5 // 4,
    }
    for name, amount in needed.items():
        assert getattr(budget, name) in (None, amount), name
    assert budget.extra is None or budget.extra(trace, case) is None


@every_puzzle
def test_the_profile_launch_has_64_threads_a_block_and_no_idle_ones(spec: KernelSpec) -> None:
    case = spec.profile()
    assert prod(case.block) == 64
    turns, rest = divmod(prod(shape_of(case)), case.threads)
    assert rest == 0
    assert turns == (8 if LAUNCH[spec.name] == "any" else 1)


# The remarks


def a_case(shape: tuple[int, ...], grid: tuple[int, ...], block: tuple[int, ...], **others: object) -> Case:
    return Case({"out": np.empty(shape, np.float32), **others}, grid, block)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("case", "remark"),
    [
        (a_case((9,), (3,), (4,)), "12 threads, 9 elements: three threads have nothing to do."),
        (a_case((1,), (1,), (2,)), "2 threads, 1 element: one thread has nothing to do."),
        (a_case((2,), (1,), (33,)), "33 threads, 2 elements: 31 threads have nothing to do."),
        (a_case((4,), (1,), (4,)), "4 threads, 4 elements: every thread has one."),
        (a_case((10,), (2,), (2,)), "4 threads, 10 elements: a thread has to do up to 3 of them."),
        (a_case((0,), (1,), (1,)), "1 thread, 0 elements: nobody has anything to do, and there is nothing to read."),
    ],
)
def test_a_remark_compares_threads_with_elements(case: Case, remark: str) -> None:
    assert remarks.threads_and_elements(case) == remark


def test_a_remark_tells_how_threads_stand_over_rows_and_columns() -> None:
    said = remarks.rows_and_columns(a_case((1, 5), (2, 1), (3, 2)))
    assert said == "The threads stand 6 wide (x) and 2 high (y); the array has 5 columns and 1 row."


@pytest.mark.parametrize(
    ("size", "more"),
    [
        (1, ""),
        (2, " 1 of the 4 elements is below the diagonal."),
        (3, " 3 of the 9 elements are below the diagonal."),
    ],
)
def test_a_remark_counts_what_is_below_the_diagonal(size: int, more: str) -> None:
    case = a_case((size, size), (1, 1), (4, 3))
    assert remarks.below_the_diagonal(case) == remarks.rows_and_columns(case) + more


@pytest.mark.parametrize(
    ("shift", "more"),
    [
        (3, ""),
        (-7, " With size 5, a shift of -7 leads where a shift of 3 does."),
        (5, " With size 5, a shift of 5 leads where a shift of 0 does."),
    ],
)
def test_a_remark_brings_a_long_shift_into_the_array(shift: int, more: str) -> None:
    case = a_case((5,), (1,), (5,), shift=shift, size=5)
    assert remarks.where_the_shift_leads(case) == "5 threads, 5 elements: every thread has one." + more


@pytest.mark.parametrize(
    ("b", "more"),
    [([1, 3], ""), ([0, -2], " a[1] is 2 and b[1] is -2: a tie, so a's counts.")],
)
def test_a_remark_points_to_a_tie(b: list[float], more: str) -> None:
    case = a_case((2,), (1,), (2,), a=np.float32([1, 2]), b=np.float32(b))
    assert remarks.first_tie(case) == "2 threads, 2 elements: every thread has one." + more


@every_puzzle
def test_every_case_gets_a_remark_of_one_line(spec: KernelSpec) -> None:
    for case in drawn(spec):
        said = spec.remark(case)
        assert said.endswith(".") and "\n" not in said and len(said) < 160
