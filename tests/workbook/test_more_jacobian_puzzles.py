"""Puzzles 51 to 60, Jacobians: files and table fit together, and what is expected is what central differences find.

That the solutions solve their puzzles is what ``pytest solutions/`` is for, and what becomes of wrong ones is in the
bank of mistakes.
"""

import ast
import re
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings

import minigrad
from minigrad.workbook.checks.part5_more_jacobians import SPECS
from minigrad.workbook.engine import check_file
from minigrad.workbook.spec import Arguments, FunctionSpec, Rule
from minigrad.workbook.untouched import text_is_untouched

pytestmark = pytest.mark.on_one_python

ROOT = Path(minigrad.__file__).parents[1]
BANK = Path(__file__).parents[1] / "mistakes" / "kernels" / "part5_gradients"
RULES = {rule.name: rule for spec in SPECS for rule in spec.rules}

every_puzzle = pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.test_name)
every_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)


def text_of(tree: str, spec: FunctionSpec) -> str:
    return (ROOT / tree / spec.part / spec.file_name).read_text(encoding="utf-8")


def statement_of(tree: str, spec: FunctionSpec) -> str:
    return ast.get_docstring(ast.parse(text_of(tree, spec))) or ""


def function_of(tree: str, spec: FunctionSpec) -> ast.FunctionDef:
    (function,) = (node for node in ast.parse(text_of(tree, spec)).body if isinstance(node, ast.FunctionDef))
    return function


def lines_to_find(spec: FunctionSpec) -> list[str]:
    return [line.strip() for node in function_of("solutions", spec).body for line in ast.unparse(node).splitlines()]


def results(expected: Any) -> tuple[np.ndarray, ...]:
    """The Jacobians, one for each input."""
    return expected if isinstance(expected, tuple) else (expected,)


# The files


@pytest.mark.parametrize("tree", ["puzzles", "solutions"])
@every_puzzle
def test_a_file_defines_the_function_that_is_asked_for(spec: FunctionSpec, tree: str) -> None:
    function, (rule,) = function_of(tree, spec), spec.rules
    assert function.name == spec.name == rule.name
    assert tuple(argument.arg for argument in function.args.args) == rule.parameters
    assert [ast.unparse(each) for each in function.decorator_list] == [f"puzzle('{spec.name}')"]


@every_puzzle
def test_a_puzzle_is_a_stub_and_a_solution_is_short(spec: FunctionSpec) -> None:
    assert text_is_untouched(text_of("puzzles", spec), spec)
    assert not text_is_untouched(text_of("solutions", spec), spec)
    said = re.search(r"# Your code here: about (\d+) lines?\.", text_of("puzzles", spec))
    assert said and int(said[1]) == len(lines_to_find(spec)) <= 5


@every_puzzle
def test_a_statement_is_complete_and_fits_a_screen(spec: FunctionSpec) -> None:
    statement, (rule,) = statement_of("puzzles", spec), spec.rules
    assert "\n    f(x" in statement, "f is defined in a formula"
    assert "- **Arguments**: " in statement
    several = len(rule.parameters) > 1 and "shape" not in rule.parameters
    wanted = f"`({', '.join(f'J_{name}' for name in rule.parameters)})`" if several else "the Jacobian"
    assert f"- **Returns** {wanted}, " in statement
    for parameter in rule.parameters:
        assert f"`{parameter}`" in statement
    lines = text_of("puzzles", spec).splitlines()
    assert len(lines) <= 30
    assert max(map(len, lines)) <= 100


@every_puzzle
def test_a_solution_has_the_puzzles_title_and_a_walkthrough(spec: FunctionSpec) -> None:
    title = statement_of("puzzles", spec).splitlines()[0]
    assert re.fullmatch(rf"# Puzzle {spec.number} · [A-Z].*", title)
    solution = statement_of("solutions", spec)
    assert solution.splitlines()[0] == title
    assert len(solution.partition("\n## Walkthrough\n")[2]) > 400
    assert max(map(len, text_of("solutions", spec).splitlines())) <= 100


@every_puzzle
def test_there_are_three_hints_and_none_gives_a_line_away(spec: FunctionSpec) -> None:
    given_away = [re.sub(r"\s", "", line.removeprefix("return ")) for line in lines_to_find(spec)]
    assert len(set(spec.hints)) == 3
    for hint in spec.hints:
        assert 40 < len(hint) < 300
        assert not any(line in re.sub(r"\s", "", hint) for line in given_away if len(line) > len("return of_x"))


# What is drawn


@cache
def drawn(name: str) -> list[Arguments]:
    calls: list[Arguments] = []

    @settings(
        max_examples=100,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(RULES[name].cases())
    def collect(arguments: Arguments) -> None:
        calls.append(arguments)

    collect()
    return calls


VECTORS = ("running_mean", "sort", "elementwise_mean", "mul", "conv1d")


def inputs_of(arguments: Arguments) -> list[np.ndarray]:
    return [value for value in arguments.values() if isinstance(value, np.ndarray)]


@every_rule
def test_arguments_are_of_the_kinds_that_the_statement_names(rule: Rule) -> None:
    for arguments in drawn(rule.name):
        assert tuple(arguments) == rule.parameters
        for x in inputs_of(arguments):
            assert x.dtype == np.float64 and x.size
            if rule.name == "jacobian_view":
                assert 1 <= x.ndim <= 3
            else:
                assert x.ndim == (1 if rule.name.removeprefix("jacobian_") in VECTORS else 2)
        if "shape" in arguments:
            assert 1 <= len(arguments["shape"]) <= 3 and prod(arguments["shape"]) == arguments["x"].size


@every_rule
def test_inputs_fit_one_another(rule: Rule) -> None:
    for arguments in drawn(rule.name):
        if "y" in arguments and rule.name != "jacobian_matmul":
            assert arguments["x"].shape == arguments["y"].shape
        if "w" in arguments:
            assert all(k <= n for k, n in zip(arguments["w"].shape, arguments["x"].shape, strict=True))


@every_rule
def test_inputs_of_one_element_and_of_several_occur(rule: Rule) -> None:
    sizes = [{each.size for each in inputs_of(arguments)} for arguments in drawn(rule.name)]
    assert {1} in sizes
    assert any(size > 3 for each in sizes for size in each)


@pytest.mark.parametrize("name", ["transpose", "mean_rows", "matmul", "conv2d"])
def test_matrices_are_wide_and_tall_and_square(name: str) -> None:
    shapes = [arguments["x"].shape for arguments in drawn(f"jacobian_{name}")]
    assert {np.sign(rows - cols) for rows, cols in shapes} == {-1, 0, 1}


def test_no_two_elements_that_are_sorted_are_equal() -> None:
    elements = [np.sort(arguments["x"]) for arguments in drawn("jacobian_sort")]
    assert all(one < other for each in elements for one, other in pairwise(each))
    assert any(each[0] < 0 < each[-1] for each in elements)


def test_the_way_back_is_often_another_than_the_way_there() -> None:
    orders = [np.argsort(arguments["x"]) for arguments in drawn("jacobian_sort")]
    assert sum((order != np.argsort(order)).any() for order in orders) > len(orders) / 4


@every_rule
def test_the_simplest_call_is_small(rule: Rule) -> None:
    quiet = settings(database=None, derandomize=True, phases=[Phase.generate, Phase.shrink])
    simplest = find(rule.cases(), lambda arguments: True, settings=quiet)
    x = simplest["x"].ravel().tolist()
    assert len(x) <= 6 and x[:2] == [3.0, -2.0]
    assert all(each.size <= 16 for each in results(rule.reference(**simplest)))


@every_rule
def test_every_call_gets_a_remark_that_says_the_shapes(rule: Rule) -> None:
    for arguments in drawn(rule.name):
        result = np.shape(formula(rule)(*arguments.values()))
        inputs = " and ".join(f"{name} of shape {x.shape}" for name, x in arguments.items() if name != "shape")
        assert rule.remark(arguments) == f"Outputs: shape {result}. Inputs: {inputs}."


# What is expected


def windows(x: np.ndarray, w: np.ndarray) -> np.ndarray:
    rows, cols = (n - k + 1 for n, k in zip(x.shape, w.shape, strict=True))
    return np.array([[(x[i : i + w.shape[0], j : j + w.shape[1]] * w).sum() for j in range(cols)] for i in range(rows)])


FORMULAS: dict[str, Callable[..., Any]] = {
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
    for arguments in drawn(rule.name):
        expected = results(rule.reference(**arguments))
        names = [name for name, value in arguments.items() if isinstance(value, np.ndarray)]
        assert len(expected) == len(names)
        for name, jacobian in zip(names, expected, strict=True):
            found = central_differences(formula(rule), arguments, name)
            assert jacobian.dtype == np.float64
            assert jacobian.shape == found.shape, arguments
            assert jacobian == pytest.approx(found, abs=1e-8), arguments


def in_every(expected: Any, change: Callable[[np.ndarray], Any]) -> Any:
    return tuple(map(change, expected)) if isinstance(expected, tuple) else change(expected)


@pytest.mark.parametrize(
    "held",
    [np.float32, minigrad.tensor, np.ndarray.tolist, lambda array: array + 1e-9],
    ids=["float32", "minigrad", "lists", "nearly"],
)
@every_rule
def test_the_expected_result_is_accepted_whatever_holds_it(rule: Rule, held: Callable[[Any], Any]) -> None:
    for arguments in drawn(rule.name)[:20]:
        expected = rule.reference(**arguments)
        assert rule.compare(arguments, expected, in_every(expected, held)) is None


NAMED = {
    "running_mean": {
        "a_sum": "the Jacobian of a sum",
        "inputs_first": "a Jacobian with its axes swapped",
        "by_columns": "a division by the input's place",
        "by_the_length": "a division by the length of x",
        "mean_of_all": "the mean of all elements",
        "the_diagonal": "the diagonal of the Jacobian alone",
        "wrong_sign": "a wrong sign",
    },
    "sort": {
        "the_way_back": "the way back",
        "identity": "the identity",
        "largest_first": "sorting from the largest to the smallest",
        "values_for_ones": "the sorted elements where the 1s belong",
    },
    "elementwise_mean": {
        "a_sum": "the Jacobian of a sum",
        "by_the_length": "a division by the length of x",
        "a_full_table": "a table without zeros",
        "a_difference": "a wrong sign",
    },
    "mul": {
        "the_same_operand": "J_y: the gradients of different operands are mixed up",
        "the_diagonal": "the diagonal of the Jacobian alone",
        "identity": "the identity",
        "the_products": "the products on the diagonal",
        "repeated_rows": "a table of all products' factors",
    },
    "conv1d": {
        "flipped": "a window that is turned round",
        "full": "a window that reaches over the ends of x",
        "inputs_first": "a Jacobian with its axes swapped",
        "summed_over_outputs": "the Jacobian summed over the outputs",
        "other_way_round": "J_w: the gradients of different operands are mixed up",
    },
    "view": {
        "inputs_first": "a Jacobian with its axes swapped",
        "not_folded": "the right numbers in another shape",
        "column_by_column": "a view that counts column by column",
        "as_a_transpose": "a view that counts column by column",
    },
    "transpose": {
        "a_view": "the Jacobian of a view",
        "doing_nothing": "the Jacobian of doing nothing: ",
        "all_axes": "the Jacobian of doing nothing, with all its dimensions turned round",
        "inputs_first": "a Jacobian with its axes swapped",
    },
    "mean_rows": {
        "a_sum": "the Jacobian of a sum",
        "by_the_rows": "a division by the number of rows",
        "by_all": "a division by the number of all elements",
        "of_columns": "the means of the columns",
        "every_row": "a mean that depends on every row",
        "inputs_first": "a Jacobian with its axes swapped",
    },
    "matmul": {
        "every_row": "a product whose rows all depend on all rows",
        "inputs_first": "a Jacobian with its axes swapped",
        "other_operand": "J_y: the gradients of different operands are mixed up",
        "wrong_sign": "a wrong sign",
    },
    "conv2d": {
        "flipped": "a window that is turned round",
        "full": "a window that reaches over the ends of x",
        "inputs_first": "a Jacobian with its axes swapped",
        "flat": "the right numbers in another shape",
        "summed_over_outputs": "the Jacobian summed over the outputs",
    },
}


@pytest.mark.parametrize(
    ("name", "file", "reason"),
    [pytest.param(name, *each, id=f"{name}-{each[0]}") for name, files in NAMED.items() for each in files.items()],
)
def test_a_usual_mistake_is_called_by_its_name(name: str, file: str, reason: str) -> None:
    said = check_file(BANK / f"jacobian_{name}" / f"{file}.py", 0).checks["correct"].message
    assert f"It looks like {reason}" in said
