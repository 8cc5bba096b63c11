"""Puzzles 13 to 18: what is expected, what is drawn, and what the third star allows, as the curriculum's table says.

That the solutions solve their puzzles is what ``pytest solutions/`` is for.
"""

from collections.abc import Callable
from functools import cache
from math import prod
from pathlib import Path

import numpy as np
import pytest
from drawn_cases import drawn_from

from minigrad.workbook.checks import spec_of
from minigrad.workbook.checks.part3_reduce import SPECS
from minigrad.workbook.efficiency import over_budget
from minigrad.workbook.load import load
from minigrad.workbook.spec import Array, Case, KernelSpec
from minigrad.workbook.trial import expected_outputs, try_case
from minigrad.workbook.variants import Variants

pytestmark = pytest.mark.on_one_python

ROOT = Path(__file__).parents[2]

every_puzzle = pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.test_name)
in_stretches = pytest.mark.parametrize(
    "spec", [spec for spec in SPECS if spec.name in ("shared", "pooling", "block_sum", "scan")], ids=lambda s: s.name
)


@cache
def drawn(name: str) -> list[Case]:
    return drawn_from(spec_of(name).cases(), 150)


# What is expected: the same in plain loops


def stretches(case: Case) -> list[list[float]]:
    """The elements of each block."""
    a, threads = case.arguments["a"].tolist(), case.block[0]
    return [a[block * threads : (block + 1) * threads] for block in range(case.grid[0])]


IN_PLAIN_LOOPS: dict[str, Callable[[Case], list[float]]] = {
    "shared": lambda case: [x + y for part in stretches(case) for x, y in zip(part, part[::-1], strict=True)],
    "pooling": lambda case: [
        sum(case.arguments["a"].tolist()[max(0, i - 2) : i + 1]) for i in range(case.arguments["size"])
    ],
    "dot": lambda case: [sum(x * y for x, y in zip(case.arguments["a"], case.arguments["b"], strict=True))],
    "block_sum": lambda case: [sum(part) for part in stretches(case)],
    "axis_sum": lambda case: [sum(row) for row in case.arguments["a"].tolist()],
    "scan": lambda case: [sum(part[: k + 1]) for part in stretches(case) for k in range(len(part))],
}


@every_puzzle
def test_the_reference_is_what_plain_loops_compute(spec: KernelSpec) -> None:
    for case in drawn(spec.name):
        (expected,) = expected_outputs(spec, case).values()
        given_shape: Array = case.arguments["out"]
        assert expected.shape == given_shape.shape
        assert expected.dtype == np.float32
        assert expected.tolist() == IN_PLAIN_LOOPS[spec.name](case)


# What is drawn


@every_puzzle
def test_blocks_have_tpb_threads_and_tpb_has_both_values(spec: KernelSpec) -> None:
    cases = [*drawn(spec.name), spec.profile()]
    assert all(case.block == (case.constants["TPB"],) for case in cases)
    assert {case.constants["TPB"] for case in cases} == {each["TPB"] for each in spec.constants} == {8, 64}


@every_puzzle
def test_inputs_are_not_all_positive_and_not_all_whole(spec: KernelSpec) -> None:
    numbers = np.concatenate([case.arguments["a"].ravel() for case in drawn(spec.name)])
    assert (numbers < 0).any() and (numbers == 0).any() and (numbers % 1 != 0).any()


@in_stretches
def test_stretches_are_full_short_and_empty_and_there_may_be_none(spec: KernelSpec) -> None:
    lengths = [(len(part), case.block[0]) for case in drawn(spec.name) for part in stretches(case)]
    assert any(length == threads for length, threads in lengths)
    assert any(0 < length < threads for length, threads in lengths)
    assert any(length == 1 for length, _ in lengths)
    assert any(case.arguments["size"] == 0 for case in drawn(spec.name))
    assert any(not stretches(case)[-1] and case.arguments["size"] > 0 for case in drawn(spec.name)), "spare blocks"
    assert all(sum(map(len, stretches(case))) == case.arguments["size"] for case in drawn(spec.name)), "none left out"


def test_dot_has_a_thread_for_each_element_and_sometimes_none() -> None:
    sizes = {(case.arguments["size"], case.block[0]) for case in drawn("dot")}
    assert all(size <= threads for size, threads in sizes)
    assert {(0, 8), (8, 8)} <= sizes and any(0 < size < 8 for size, _ in sizes)
    assert all(case.grid == (1,) for case in drawn("dot"))


def test_rows_of_axis_sum_are_shorter_and_longer_than_a_block_and_sometimes_empty() -> None:
    shapes = [(case.arguments["a"].shape, case) for case in drawn("axis_sum")]
    assert all(case.grid == (rows,) for (rows, _), case in shapes)
    for holds in (
        lambda cols, threads: cols == 0,
        lambda cols, threads: 0 < cols < threads,
        lambda cols, threads: cols == threads,
        lambda cols, threads: cols > 2 * threads and cols % threads,
    ):
        assert any(holds(cols, case.block[0]) for (_, cols), case in shapes)


# The third star

STEPS = 6  # log2 of the 64 threads of a block

ALLOWED = {
    "shared": {"reads": 1, "writes": 1, "shared_writes": 1, "barriers": 1},
    "pooling": {"block_reads": 64 + 3, "writes": 1, "barriers": 1},
    "dot": {"reads": 2, "total_writes": 1, "atomics": 0},
    "block_sum": {"reads": 1, "barriers": STEPS + 1, "shared_reads": 2 * STEPS + 2, "atomics": 0},
    "axis_sum": {"reads": 256 // 64, "barriers": STEPS + 1},
    "scan": {"reads": 1, "writes": 1, "barriers": 2 * STEPS + 2, "shared_reads": 5 * STEPS + 2},
}
"""The curriculum's column, at 64 threads a block."""


@every_puzzle
def test_the_budget_is_that_of_the_curriculum(spec: KernelSpec) -> None:
    limits = {name: limit for name, limit in vars(spec.budget).items() if isinstance(limit, int)}
    assert {name: limit for name, limit in limits.items() if name != "sectors"} == ALLOWED[spec.name]
    case = spec.profile()
    assert case.block == (64,)
    assert prod(case.arguments["a"].shape) % 64 == 0


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


# The remarks


def a_case(size: int, blocks: int, threads: int) -> Case:
    return Case({"out": np.empty(size, np.float32), "size": size}, (blocks,), (threads,))


@pytest.mark.parametrize(
    ("case", "said"),
    [
        (a_case(16, 2, 8), "2 blocks of 8 threads, 16 elements: every thread has one."),
        (a_case(7, 1, 8), "1 block of 8 threads, 7 elements: one thread has none."),
        (a_case(13, 2, 8), "2 blocks of 8 threads, 13 elements: three threads of block 1 have none."),
        (a_case(8, 2, 8), "2 blocks of 8 threads, 8 elements: block 1 has none."),
        (a_case(0, 3, 8), "3 blocks of 8 threads, 0 elements: blocks 0 to 2 have none."),
        (
            a_case(9, 4, 8),
            "4 blocks of 8 threads, 9 elements: seven threads of block 1 have none, "
            "and blocks 2 and 3 have none at all.",
        ),
    ],
)
def test_a_remark_says_which_blocks_lack_elements(case: Case, said: str) -> None:
    assert spec_of("block_sum").remark(case) == said


@pytest.mark.parametrize(
    ("name", "size", "more"),
    [
        ("shared", 11, ": the last stretch has 3 of 8."),
        ("pooling", 11, " Block 1 also needs elements 6 and 7."),
        ("scan", 11, " The sum starts anew at element 8."),
        ("pooling", 8, ": every thread has one."),
        ("scan", 8, ": every thread has one."),
    ],
)
def test_a_remark_says_what_is_special_about_a_second_block(name: str, size: int, more: str) -> None:
    assert spec_of(name).remark(a_case(size, -(-size // 8), 8)).endswith(more)


@every_puzzle
def test_every_case_gets_a_remark_of_one_line(spec: KernelSpec) -> None:
    for case in drawn(spec.name):
        said = spec.remark(case)
        assert said.endswith(".") and "\n" not in said and len(said) < 160
