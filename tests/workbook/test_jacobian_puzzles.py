"""Puzzles 41 to 60, Jacobians: what is drawn keeps its promises, and what is expected is what central differences find.

That the solutions solve their puzzles is what ``pytest solutions/`` is for, and what becomes of wrong ones is in the
bank of mistakes.
"""

import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from math import prod
from typing import Any

import numpy as np
import pytest
from drawn_cases import drawn_from, simplest_of
from puzzle_texts import asked_for, lines_to_find, statement_of, text_of

import minigrad
from minigrad.workbook.checks import part5_jacobians, part5_more_jacobians
from minigrad.workbook.spec import Arguments, FunctionSpec, Rule

pytestmark = pytest.mark.on_one_python

OF_VECTORS, OF_MORE = part5_jacobians.SPECS, part5_more_jacobians.SPECS
RULES = {rule.name.removeprefix("jacobian_"): rule for spec in (*OF_VECTORS, *OF_MORE) for rule in spec.rules}
SIMPLE = {name: RULES[name] for spec in OF_VECTORS for name in [spec.name.removeprefix("jacobian_")]}
"""Puzzles 41 to 50: an input of one dimension, perhaps some constants, and an answer in one line."""
MORE = {name: rule for name, rule in RULES.items() if name not in SIMPLE}

every_puzzle = pytest.mark.parametrize("spec", (*OF_VECTORS, *OF_MORE), ids=lambda spec: spec.test_name)
every_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
every_simple_rule = pytest.mark.parametrize("rule", SIMPLE.values(), ids=SIMPLE)
every_other_rule = pytest.mark.parametrize("rule", MORE.values(), ids=MORE)


def inputs_of(arguments: Arguments) -> dict[str, np.ndarray]:
    return {name: value for name, value in arguments.items() if isinstance(value, np.ndarray)}


def results(expected: Any) -> tuple[np.ndarray, ...]:
    """The Jacobians, one for each input."""
    return expected if isinstance(expected, tuple) else (expected,)


# The files


@every_puzzle
def test_a_statement_has_a_formula_and_says_what_comes_back(spec: FunctionSpec) -> None:
    statement, (rule,) = statement_of("puzzles", spec), spec.rules
    assert "\n    f(x" in statement, "f is defined in a formula"
    if spec in OF_VECTORS:
        assert "\n    f(x)" in statement
        assert "- **Returns** the Jacobian, an array of floats " in statement
    else:
        several = len(rule.parameters) > 1 and "shape" not in rule.parameters
        wanted = f"`({', '.join(f'J_{name}' for name in rule.parameters)})`" if several else "the Jacobian"
        assert f"- **Returns** {wanted}, " in statement


@every_puzzle
def test_files_and_answers_are_short(spec: FunctionSpec) -> None:
    assert list(asked_for("solutions", spec)) == [spec.name]
    assert len(text_of("puzzles", spec).splitlines()) <= (25 if spec in OF_VECTORS else 30)
    assert max(map(len, text_of("solutions", spec).splitlines())) <= 100
    assert len(lines_to_find(spec, spec.name)) <= (1 if spec in OF_VECTORS else 5)


# What is drawn


def drawn(rule: Rule) -> list[Arguments]:
    return drawn_of(rule.name.removeprefix("jacobian_"))


@cache
def drawn_of(name: str) -> list[Arguments]:
    return drawn_from(RULES[name].cases(), 100)


VECTORS = (*SIMPLE, "running_mean", "sort", "elementwise_mean", "mul", "conv1d")


@pytest.mark.parametrize("name", RULES)
def test_arguments_are_of_the_kinds_that_the_statement_names(name: str) -> None:
    for arguments in drawn_of(name):
        assert tuple(arguments) == RULES[name].parameters
        for x in inputs_of(arguments).values():
            assert x.dtype == np.float64 and x.size
            assert 1 <= x.ndim <= 3 if name == "view" else x.ndim == (1 if name in VECTORS else 2)
        if name in SIMPLE:
            _, *constants = arguments
            assert [type(arguments[each]) for each in constants] == [
                float if each == "c" else int for each in constants
            ]
        if "shape" in arguments:
            assert 1 <= len(arguments["shape"]) <= 3 and prod(arguments["shape"]) == arguments["x"].size


@every_simple_rule
def test_vectors_of_one_element_and_of_several_occur(rule: Rule) -> None:
    sizes = {arguments["x"].size for arguments in drawn(rule)}
    assert sizes == {1} if "n" in rule.parameters else {1, 2, 3, 4} < sizes


@every_other_rule
def test_inputs_of_one_element_and_of_several_occur(rule: Rule) -> None:
    sizes = [{each.size for each in inputs_of(arguments).values()} for arguments in drawn(rule)]
    assert {1} in sizes
    assert any(size > 3 for each in sizes for size in each)


@every_other_rule
def test_inputs_fit_one_another(rule: Rule) -> None:
    for arguments in drawn(rule):
        if "y" in arguments and rule.name != "jacobian_matmul":
            assert arguments["x"].shape == arguments["y"].shape
        if "w" in arguments:
            assert all(k <= n for k, n in zip(arguments["w"].shape, arguments["x"].shape, strict=True))


@pytest.mark.parametrize("name", ["repeat", "repeat_scale"])
def test_one_output_and_several_occur(name: str) -> None:
    assert {1, 2, 3, 4} < {arguments["n"] for arguments in drawn_of(name)}


def test_slices_lie_within_x_and_leave_out_something_on_either_side() -> None:
    places = [(arguments["start"], arguments["stop"], arguments["x"].size) for arguments in drawn_of("slice")]
    assert all(0 <= start <= stop <= size for start, stop, size in places)
    assert any(start == stop for start, stop, _ in places), "empty"
    assert any((start, stop) == (0, size) for start, stop, size in places), "everything"
    assert any(0 < start < stop < size for start, stop, size in places)


def test_a_product_has_no_zero_or_one_or_several() -> None:
    zeros = [int((arguments["x"] == 0).sum()) for arguments in drawn_of("product")]
    assert all(zeros.count(number) > len(zeros) / 20 for number in (0, 1, 2))


def test_relu_meets_zeros_and_numbers_on_either_side() -> None:
    signs = [set(np.sign(arguments["x"])) for arguments in drawn_of("relu")]
    for sign in (-1, 0, 1):
        assert sum(sign in each for each in signs) > len(signs) / 4


@pytest.mark.parametrize("name", ["transpose", "mean_rows", "matmul", "conv2d"])
def test_matrices_are_wide_and_tall_and_square(name: str) -> None:
    shapes = [arguments["x"].shape for arguments in drawn_of(name)]
    assert {np.sign(rows - cols) for rows, cols in shapes} == {-1, 0, 1}


def test_no_two_elements_that_are_sorted_are_equal() -> None:
    elements = [np.sort(arguments["x"]) for arguments in drawn_of("sort")]
    assert all(one < other for each in elements for one, other in pairwise(each))
    assert any(each[0] < 0 < each[-1] for each in elements)


def test_the_way_back_is_often_another_than_the_way_there() -> None:
    orders = [np.argsort(arguments["x"]) for arguments in drawn_of("sort")]
    assert sum((order != np.argsort(order)).any() for order in orders) > len(orders) / 4


@every_rule
def test_the_simplest_call_is_small_and_plain(rule: Rule) -> None:
    simplest = simplest_of(rule.cases())
    x = simplest["x"].ravel().tolist()
    assert x[:2] == [3.0, -2.0][: len(x)]
    if rule in SIMPLE.values():
        assert len(x) <= 3
        assert all(value in (1, 3) for name, value in simplest.items() if name != "x")
    else:
        assert 2 <= len(x) <= 6
        assert all(each.size <= 16 for each in results(rule.reference(**simplest)))


@every_rule
def test_every_call_gets_a_remark_that_says_the_shapes(rule: Rule) -> None:
    for arguments in drawn(rule):
        said = rule.remark(arguments)
        if rule in SIMPLE.values():
            rows, columns = rule.reference(**arguments).shape
            assert f"the Jacobian is {rows} × {columns}." in said
            assert not re.search(r"\b1 (outputs|inputs|elements)", said)
        else:
            result = np.shape(formula(rule)(*arguments.values()))
            inputs = " and ".join(f"{name} of shape {x.shape}" for name, x in inputs_of(arguments).items())
            assert said == f"Outputs: shape {result}. Inputs: {inputs}."


# What is expected


def windows(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    rows, cols = (n - k + 1 for n, k in zip(x.shape, w.shape, strict=True))
    return np.array([[(x[i : i + w.shape[0], j : j + w.shape[1]] * w).sum() for j in range(cols)] for i in range(rows)])


FORMULAS: dict[str, Callable[..., Any]] = {
    "scale": lambda x, c: c * x,
    "cos": np.cos,
    "mean": lambda x: [sum(x) / len(x)],
    "product": lambda x: [np.prod(x)],
    "repeat": lambda x, n: [x[0]] * n,
    "repeat_scale": lambda x, n: [(i + 1) * x[0] for i in range(n)],
    "neg": lambda x: -x,
    "relu": lambda x: np.where(x > 0, x, 0),
    "slice": lambda x, start, stop: x[start:stop],
    "cumsum": np.cumsum,
    "running_mean": lambda x: [sum(x[: i + 1]) / (i + 1) for i in range(len(x))],
    "sort": np.sort,
    "elementwise_mean": lambda x, y: (x + y) / 2,
    "mul": lambda x, y: x * y,
    "conv1d": lambda x, w: [sum(w[j] * x[i + j] for j in range(len(w))) for i in range(len(x) - len(w) + 1)],
    "view": lambda x, shape: x.reshape(shape),
    "transpose": lambda x: [[row[i] for row in x] for i in range(x.shape[1])],
    "mean_rows": lambda x: [sum(row) / len(row) for row in x],
    "matmul": lambda x, y: [[sum(row * y[:, j]) for j in range(y.shape[1])] for row in x],
    "conv2d": windows,
}
"""f in NumPy, as the statements write it."""

STEP = 2.0**-20


def formula(rule: Rule) -> Callable[..., Any]:
    return FORMULAS[rule.name.removeprefix("jacobian_")]


def central_differences(f: Callable[..., Any], arguments: Arguments, name: str) -> np.ndarray:
    """How fast each output of f changes with each element of one argument: outputs first."""
    x = arguments[name]
    found = []
    for place in np.ndindex(x.shape):
        step = np.zeros(x.shape)
        step[place] = STEP
        ahead, behind = (f(*{**arguments, name: x + move}.values()) for move in (step, -step))
        found.append(np.subtract(ahead, behind) / (2 * STEP))
    slopes = np.stack(found, axis=-1)
    return slopes.reshape(*slopes.shape[:-1], *x.shape)


@every_rule
def test_the_reference_agrees_with_central_differences(rule: Rule) -> None:
    for arguments in drawn(rule):
        expected, inputs = results(rule.reference(**arguments)), inputs_of(arguments)
        for name, jacobian in zip(inputs, expected, strict=True):
            found = central_differences(formula(rule), arguments, name)
            if rule.name == "jacobian_relu":  # at its corner there is no derivative
                found[:, arguments["x"] == 0] = 0
            assert jacobian.dtype == np.float64
            assert jacobian.shape == found.shape, arguments
            assert jacobian == pytest.approx(found, abs=1e-8), arguments


def in_every(expected: Any, change: Callable[[np.ndarray], Any]) -> Any:
    return tuple(map(change, expected)) if isinstance(expected, tuple) else change(expected)


@pytest.mark.parametrize(
    "held",
    [np.array, np.float32, minigrad.tensor, np.ndarray.tolist],
    ids=["float64", "float32", "minigrad", "lists"],
)
@every_rule
def test_the_expected_result_is_accepted_whatever_holds_it(rule: Rule, held: Callable[[Any], Any]) -> None:
    for arguments in drawn(rule):
        expected = rule.reference(**arguments)
        if held is np.ndarray.tolist and not all(each.size for each in results(expected)):
            continue  # a list without rows does not say how many columns there are
        assert rule.compare(arguments, expected, in_every(expected, held)) is None


@every_other_rule
def test_a_result_that_is_nearly_the_expected_one_is_accepted(rule: Rule) -> None:
    for arguments in drawn(rule):
        expected = rule.reference(**arguments)
        assert rule.compare(arguments, expected, in_every(expected, lambda array: array + 1e-9)) is None
