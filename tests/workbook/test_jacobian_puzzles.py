"""Puzzles 41 to 50, Jacobians: files and table fit together, and what is expected is what central differences find.

That the solutions solve their puzzles is what ``pytest solutions/`` is for, and what becomes of wrong ones is in the
bank of mistakes.
"""

import ast
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings

import minigrad
from minigrad.workbook.checks.part5_jacobians import SPECS
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


# The files


@pytest.mark.parametrize("tree", ["puzzles", "solutions"])
@every_puzzle
def test_a_file_defines_the_function_that_is_asked_for(spec: FunctionSpec, tree: str) -> None:
    function, (rule,) = function_of(tree, spec), spec.rules
    assert function.name == spec.name == rule.name
    assert tuple(argument.arg for argument in function.args.args) == rule.parameters
    assert [ast.unparse(each) for each in function.decorator_list] == [f"puzzle('{spec.name}')"]


@every_puzzle
def test_a_puzzle_is_a_stub_and_a_solution_is_one_line(spec: FunctionSpec) -> None:
    assert text_is_untouched(text_of("puzzles", spec), spec)
    assert not text_is_untouched(text_of("solutions", spec), spec)
    assert "# Your code here: about 1 line." in text_of("puzzles", spec)
    assert len(ast.unparse(ast.Module(function_of("solutions", spec).body, [])).splitlines()) == 1


@every_puzzle
def test_a_statement_is_complete_and_fits_a_screen(spec: FunctionSpec) -> None:
    statement = statement_of("puzzles", spec)
    assert "\n    f(x)" in statement, "f is defined in a formula"
    assert "- **Arguments**: " in statement and "- **Returns** the Jacobian, an array of floats " in statement
    for parameter in spec.rules[0].parameters:
        assert f"`{parameter}`" in statement
    lines = text_of("puzzles", spec).splitlines()
    assert len(lines) <= 25
    assert max(map(len, lines)) <= 100


@every_puzzle
def test_a_solution_has_the_puzzles_title_and_a_walkthrough(spec: FunctionSpec) -> None:
    title = statement_of("puzzles", spec).splitlines()[0]
    assert re.fullmatch(rf"# Puzzle {spec.number} · [A-Z].*", title)
    solution = statement_of("solutions", spec)
    assert solution.splitlines()[0] == title
    assert len(solution.partition("\n## Walkthrough\n")[2]) > 400


@every_puzzle
def test_there_are_three_hints_and_none_gives_the_line_away(spec: FunctionSpec) -> None:
    answer = ast.unparse(function_of("solutions", spec).body[0]).removeprefix("return ")
    assert len(set(spec.hints)) == 3
    for hint in spec.hints:
        assert 40 < len(hint) < 300
        assert re.sub(r"\s", "", answer) not in re.sub(r"\s", "", hint)


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


@every_rule
def test_arguments_are_of_the_kinds_that_the_statement_names(rule: Rule) -> None:
    for arguments in drawn(rule.name):
        assert tuple(arguments) == rule.parameters
        x, *constants = arguments.values()
        assert (x.dtype, x.ndim) == (np.float64, 1) and x.size
        assert [type(each) for each in constants] == [float if name == "c" else int for name in rule.parameters[1:]]


@every_rule
def test_inputs_of_one_element_and_of_several_occur(rule: Rule) -> None:
    sizes = {arguments["x"].size for arguments in drawn(rule.name)}
    assert sizes == {1} if "n" in rule.parameters else {1, 2, 3, 4} < sizes


@pytest.mark.parametrize("name", ["jacobian_repeat", "jacobian_repeat_scale"])
def test_one_output_and_several_occur(name: str) -> None:
    assert {1, 2, 3, 4} < {arguments["n"] for arguments in drawn(name)}


def test_slices_lie_within_x_and_leave_out_something_on_either_side() -> None:
    places = [(arguments["start"], arguments["stop"], arguments["x"].size) for arguments in drawn("jacobian_slice")]
    assert all(0 <= start <= stop <= size for start, stop, size in places)
    assert any(start == stop for start, stop, _ in places), "empty"
    assert any((start, stop) == (0, size) for start, stop, size in places), "everything"
    assert any(0 < start < stop < size for start, stop, size in places)


def test_a_product_has_no_zero_or_one_or_several() -> None:
    zeros = [int((arguments["x"] == 0).sum()) for arguments in drawn("jacobian_product")]
    assert all(zeros.count(number) > len(zeros) / 20 for number in (0, 1, 2))


def test_relu_meets_zeros_and_numbers_on_either_side() -> None:
    signs = [set(np.sign(arguments["x"])) for arguments in drawn("jacobian_relu")]
    for sign in (-1, 0, 1):
        assert sum(sign in each for each in signs) > len(signs) / 4


@every_rule
def test_the_simplest_call_is_small_and_plain(rule: Rule) -> None:
    quiet = settings(database=None, derandomize=True, phases=[Phase.generate, Phase.shrink])
    simplest = find(rule.cases(), lambda arguments: True, settings=quiet)
    x = simplest["x"].tolist()
    assert len(x) <= 3 and x[:2] == [3.0, -2.0][: len(x)]
    assert all(value in (1, 3) for name, value in simplest.items() if name != "x")


@every_rule
def test_every_call_gets_a_remark_that_says_the_shape(rule: Rule) -> None:
    for arguments in drawn(rule.name):
        said = rule.remark(arguments)
        rows, columns = rule.reference(**arguments).shape
        assert f"the Jacobian is {rows} × {columns}." in said
        assert not re.search(r"\b1 (outputs|inputs|elements)", said)


# What is expected

FORMULAS: dict[str, Callable[..., Any]] = {
    "jacobian_scale": lambda x, c: c * x,
    "jacobian_cos": np.cos,
    "jacobian_mean": lambda x: [sum(x) / len(x)],
    "jacobian_product": lambda x: [np.prod(x)],
    "jacobian_repeat": lambda x, n: [x[0]] * n,
    "jacobian_repeat_scale": lambda x, n: [(i + 1) * x[0] for i in range(n)],
    "jacobian_neg": lambda x: -x,
    "jacobian_relu": lambda x: np.where(x > 0, x, 0),
    "jacobian_slice": lambda x, start, stop: x[start:stop],
    "jacobian_cumsum": np.cumsum,
}
"""f in NumPy, as the statements write it."""

STEP = 2.0**-20


def central_differences(f: Callable[..., Any], x: np.ndarray, *constants: Any) -> np.ndarray:
    """How fast each output of f, a row, changes with each element of x, a column."""
    steps = STEP * np.eye(x.size)
    columns = [np.subtract(f(x + step, *constants), f(x - step, *constants)) / (2 * STEP) for step in steps]
    return np.stack(columns, axis=1)


@every_rule
def test_the_reference_agrees_with_central_differences(rule: Rule) -> None:
    for arguments in drawn(rule.name):
        x, *constants = arguments.values()
        expected = rule.reference(**arguments)
        found = central_differences(FORMULAS[rule.name], x, *constants)
        assert expected.shape == found.shape, arguments
        if rule.name == "jacobian_relu":  # at its corner there is no derivative
            found[:, x == 0] = 0
        assert expected == pytest.approx(found, abs=1e-8), arguments


@every_rule
@pytest.mark.parametrize("made", [np.float64, np.float32, minigrad.tensor], ids=["float64", "float32", "minigrad"])
def test_the_expected_result_is_accepted_whatever_holds_it(rule: Rule, made: Callable[[Any], Any]) -> None:
    for arguments in drawn(rule.name):
        expected = rule.reference(**arguments)
        given = expected.astype(made) if isinstance(made, type) else made(expected)
        assert rule.compare(arguments, expected, given) is None


@every_rule
def test_lists_of_rows_are_accepted(rule: Rule) -> None:
    for arguments in drawn(rule.name):
        expected = rule.reference(**arguments)
        if expected.size:  # a list without rows does not say how many columns there are
            assert rule.compare(arguments, expected, expected.tolist()) is None


NAMED = {
    "jacobian_scale": {
        "value_on_the_diagonal": "f(x) itself",
        "x_on_the_diagonal": "how f changes with c",
        "everywhere": "a matrix that is full",
        "diagonal_alone": "the diagonal of the Jacobian alone",
    },
    "jacobian_cos": {
        "wrong_sign": "a minus that is lost",
        "value_on_the_diagonal": "f(x) itself",
        "in_every_row": "a matrix that is full",
        "in_every_column": "a matrix that is full",
        "diagonal_alone": "the diagonal of the Jacobian alone",
    },
    "jacobian_mean": {
        "gradient": "a gradient, without a dimension for the outputs",
        "sum": "the Jacobian of a sum",
        "parts": "the parts of the mean",
        "column": "a Jacobian with its axes swapped",
    },
    "jacobian_product": {
        "divides": "the product divided by each element",
        "zero_for_nan": "the product divided by each element",
        "whole_product": "the whole product",
        "skips_zeros": "a product without the zeros",
        "one_zero_only": "a product without the zeros",
        "gradient": "a gradient, without a dimension for the outputs",
        "column": "a Jacobian with its axes swapped",
    },
    "jacobian_repeat": {
        "row": "a Jacobian with its axes swapped",
        "flat": "the right numbers without a dimension of size 1",
        "identity": "the identity",
        "value": "f(x) itself",
        "divided": "a mean",
    },
    "jacobian_repeat_scale": {
        "row": "a Jacobian with its axes swapped",
        "from_zero": "factors that begin at 0",
        "without_factors": "copies without their factors",
        "value": "f(x) itself",
        "diagonal": "the factors on a diagonal",
    },
    "jacobian_neg": {"wrong_sign": "a wrong sign", "everywhere": "a matrix that is full", "value": "f(x) itself"},
    "jacobian_relu": {
        "one_at_zero": "a relu that rises at 0",
        "half_at_zero": "a relu whose derivative at 0 is one half",
        "diagonal_alone": "the diagonal of the Jacobian alone",
        "value_on_the_diagonal": "f(x) itself",
        "sign": "elements below 0 that come through",
        "in_every_row": "a matrix that is full",
    },
    "jacobian_slice": {
        "too_few_columns": "columns for the slice alone",
        "too_many_rows": "rows for outputs that are not there",
        "with_the_end": "a slice with its end",
        "stop_is_a_length": "a stop that counts elements from start on",
        "from_the_beginning": "a slice from the beginning",
        "value": "the elements themselves",
        "transposed": "a Jacobian with its axes swapped",
        "summed": "the Jacobian summed over the outputs",
    },
    "jacobian_cumsum": {
        "transposed": "a Jacobian with its axes swapped",
        "stops_early": "sums that stop too early",
        "stops_late": "sums that stop too late",
        "all": "sums of all elements",
        "identity": "a Jacobian of no sum",
        "terms": "the terms themselves",
        "summed": "the Jacobian summed over the outputs",
    },
}


@pytest.mark.parametrize(
    ("name", "file", "reason"),
    [pytest.param(name, *each, id=f"{name}-{each[0]}") for name, files in NAMED.items() for each in files.items()],
)
def test_a_usual_mistake_is_called_by_its_name(name: str, file: str, reason: str) -> None:
    said = check_file(BANK / name / f"{file}.py", 0).checks["correct"].message
    assert f"It looks like {reason}" in said
