"""Puzzles 19 to 22, where blocks meet: what is drawn for them keeps its promises, and their budgets are not loose."""

import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from drawn_cases import drawn_from

from minigrad.workbook.checks import remarks, spec_of
from minigrad.workbook.checks.values import SEEDS, low, tied
from minigrad.workbook.load import load
from minigrad.workbook.spec import Case
from minigrad.workbook.trial import expected_outputs, try_case
from minigrad.workbook.variants import Variants

pytestmark = pytest.mark.on_one_python

ROOT = Path(__file__).parents[2]
NAMES = ("sum_all", "max_all", "argmax", "last_block")


@cache
def drawn(name: str) -> list[Case]:
    return drawn_from(spec_of(name).cases(), 200)


# What is drawn


@pytest.mark.parametrize("name", NAMES)
def test_a_block_has_as_many_threads_as_the_constant_says(name: str) -> None:
    for case in [*drawn(name), spec_of(name).profile()]:
        assert case.block == (case.constants["TPB"],)
    assert {case.constants["TPB"] for case in drawn(name)} == {8, 64}


@pytest.mark.parametrize("name", ["sum_all", "max_all", "last_block"])
def test_the_grid_has_nothing_to_do_with_the_size(name: str) -> None:
    sizes = [(case.threads, case.sizes()["size"]) for case in drawn(name)]
    assert any(size == 0 for _, size in sizes)
    assert any(threads > 2 * size > 0 for threads, size in sizes)
    assert any(size > 2 * threads for threads, size in sizes)
    assert any(case.grid[0] == 1 for case in drawn(name)) and any(case.grid[0] > 3 for case in drawn(name))


def test_argmax_has_a_block_for_each_row_and_rows_of_any_length() -> None:
    for case in drawn("argmax"):
        assert case.grid == case.arguments["out"].shape == (case.sizes()["rows"],)
        assert case.arguments["out"].dtype == np.int32
    lengths = [(case.sizes()["cols"], case.block[0]) for case in drawn("argmax")]
    assert any(columns > 2 * threads for columns, threads in lengths)
    assert any(columns < threads for columns, threads in lengths)
    assert all(columns >= 1 for columns, _ in lengths)


def test_outputs_arrive_as_the_statements_say() -> None:
    assert all(case.arguments["out"].tolist() == [0] for case in drawn("sum_all"))
    assert all(case.arguments["out"].tolist() == [-math.inf] for case in drawn("max_all"))
    for case in drawn("last_block"):
        assert case.arguments["partial"].shape == case.grid
        assert case.arguments["counter"].tolist() == [0]
    assert spec_of("last_block").unwritten == ("out", "partial")


def test_there_are_often_more_partial_sums_than_a_block_has_threads() -> None:
    """And not only empty ones: a kernel that leaves out those beyond must not get away with it."""
    wide = [case for case in drawn("last_block") if case.grid[0] > case.block[0]]
    assert sum(case.sizes()["size"] > case.block[0] ** 2 for case in wide) > 10


@pytest.mark.parametrize("name", ["max_all", "argmax"])
def test_the_largest_may_be_negative_and_smaller_than_anybody_thinks_of(name: str) -> None:
    largest = [case.arguments["a"].max() for case in drawn(name) if case.arguments["a"].size]
    assert any(-5 <= each < 0 for each in largest)
    assert any(-math.inf < each < -1e29 for each in largest)
    assert any(each > 0 for each in largest)


def test_the_first_of_two_largest_is_not_always_the_one_of_the_first_thread() -> None:
    """A tree that leaves its own pair in place on a tie is wrong only then."""
    for case in drawn("argmax"):
        threads = case.block[0]
        for row in case.arguments["a"]:
            places = np.flatnonzero(row == row.max())
            if len(places) > 1 and places[0] % threads > min(places % threads):
                return
    raise AssertionError("no such tie was drawn")


def test_sums_are_exact_in_float32() -> None:
    for case in [*drawn("sum_all"), spec_of("sum_all").profile(), spec_of("last_block").profile()]:
        numbers = case.arguments["a"].astype(np.float64)
        assert abs(2 * numbers).sum() < 2**24 and (2 * numbers == np.round(2 * numbers)).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_low_numbers_are_small_halves_perhaps_times_a_power_of_two(seed: int) -> None:
    numbers = low((50,), seed, 0)
    scaled = numbers / np.float32(2.0**100) if abs(numbers).max() > 1e6 else numbers
    assert numbers.dtype == np.float32 and np.isfinite(numbers).all()
    assert (2 * scaled == np.round(2 * scaled)).all()


def test_ties_can_be_seen_at_a_glance() -> None:
    assert tied((2, 3), 1, 0).tolist() == [[2, 2, 2], [2, 2, 2]]
    assert tied((2, 3), 2, 0).tolist() == [[1, 2, 2], [1, 2, 2]]
    assert tied((1, 1), 2, 0).tolist() == [[2]]


# What is expected


def test_the_answer_to_nothing_is_the_identity() -> None:
    for name, identity in (("sum_all", 0), ("max_all", -math.inf), ("last_block", 0)):
        (empty, *_) = (case for case in drawn(name) if case.sizes()["size"] == 0)
        assert expected_outputs(spec_of(name), empty)["out"].tolist() == [identity]


def test_the_first_of_several_largest_is_expected() -> None:
    for case in drawn("argmax"):
        expected = expected_outputs(spec_of("argmax"), case)["out"]
        assert expected.dtype == np.int32
        assert expected.tolist() == case.arguments["a"].argmax(1).tolist()


# The budget


@pytest.mark.parametrize("name", NAMES)
def test_the_budget_is_what_our_solution_needs(name: str) -> None:
    spec = spec_of(name)
    case, budget = spec.profile(), spec.budget
    variants = Variants(load(ROOT / "solutions" / spec.part / spec.file_name))
    trial = try_case(spec, variants.function(case), case, record=True)
    assert trial.is_correct and trial.is_safe and trial.trace is not None and not trial.trace.notes
    counters = trial.trace.counters
    needed = {
        "reads": counters.global_reads.max(),
        "total_reads": counters.global_reads.sum(),
        "block_atomics": counters.global_atomics.sum(axis=1).max(),
        "sectors": counters.sectors * 5 // 4,
    }
    for limit, amount in needed.items():
        assert getattr(budget, limit) in (None, amount), limit
    assert budget.extra is None or budget.extra(trial.trace, case) is None


# The remarks


def a_case(a: object, threads: int, blocks: int = 1) -> Case:
    numbers = np.array(a, np.float32)
    return Case({"out": np.zeros(1, np.float32), "a": numbers, "size": numbers.size}, (blocks,), (threads,))


@pytest.mark.parametrize(
    ("remark", "case", "said"),
    [
        (remarks.sum_of_all, a_case([1, 2], 2), "2 threads, 2 elements: every thread has one."),
        (remarks.sum_of_all, a_case([1], 2), "2 threads, 1 element: one thread has none."),
        (remarks.sum_of_all, a_case([1] * 5, 2), "2 threads, 5 elements: a thread has to do up to 3 of them."),
        (remarks.sum_of_all, a_case([], 2), "2 threads, 0 elements: there is nothing to read, and the sum is 0."),
        (remarks.largest_of_all, a_case([], 2), "2 threads, 0 elements: there is nothing to read, and out stays -inf."),
        (
            remarks.largest_of_all,
            a_case([-1, -2], 2),
            "2 threads, 2 elements: every thread has one. All elements are negative.",
        ),
        (
            remarks.partial_sums,
            a_case([1] * 6, 2, 3),
            "6 threads, 6 elements: every thread has one. Three partial sums to add.",
        ),
        (
            remarks.largest_of_rows,
            a_case([[1, 2, 2]], 2),
            "1 row of 3 elements, a block of 2 threads for each: a thread has up to 2 of them. "
            "The columns 1 and 2 are a tie: the first counts.",
        ),
        (
            remarks.largest_of_rows,
            a_case([[-1], [-2]], 2),
            "2 rows of 1 element, a block of 2 threads for each: one thread has none. All elements are negative.",
        ),
    ],
)
def test_a_remark_says_what_to_notice(remark, case: Case, said: str) -> None:
    assert remark(case) == said


@pytest.mark.parametrize("name", NAMES)
def test_every_case_gets_a_remark_of_one_line(name: str) -> None:
    for case in drawn(name):
        said = spec_of(name).remark(case)
        assert said.endswith(".") and "\n" not in said and len(said) < 160
