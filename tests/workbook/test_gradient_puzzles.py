"""Puzzles 61 to 69, backward rules: the reference is right, what is drawn keeps its promises, mistakes are named.

That the solutions solve their puzzles is what ``pytest solutions/`` is for, and that wrong rules fail the bank of
mistakes; here it is whether the words are the right ones. How a result is compared whatever the puzzle, Jacobians
included, is in ``test_comparing_gradients.py``.
"""

import ast
import importlib.util
import math
import re
from collections.abc import Callable
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings

import minigrad
from minigrad.workbook.checks import all_specs
from minigrad.workbook.engine import check_file
from minigrad.workbook.spec import Arguments, FunctionSpec, Rule
from minigrad.workbook.untouched import text_is_untouched

pytestmark = pytest.mark.on_one_python

ROOT = Path(minigrad.__file__).parents[1]
BANK = Path(__file__).parents[1] / "mistakes" / "kernels" / "part5_gradients"
SPECS = [spec for spec in all_specs() if isinstance(spec, FunctionSpec) and 61 <= spec.number <= 69]
RULES = {rule.name: rule for spec in SPECS for rule in spec.rules}

every_puzzle = pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.test_name)
every_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)


def text_of(tree: str, spec: FunctionSpec) -> str:
    return (ROOT / tree / spec.part / spec.file_name).read_text(encoding="utf-8")


def statement_of(tree: str, spec: FunctionSpec) -> str:
    return ast.get_docstring(ast.parse(text_of(tree, spec))) or ""


def functions_of(tree: str, spec: FunctionSpec) -> dict[str, ast.FunctionDef]:
    return {node.name: node for node in ast.parse(text_of(tree, spec)).body if isinstance(node, ast.FunctionDef)}


# The files


@pytest.mark.parametrize("tree", ["puzzles", "solutions"])
@every_puzzle
def test_a_file_defines_the_functions_that_are_asked_for(spec: FunctionSpec, tree: str) -> None:
    functions = functions_of(tree, spec)
    asked = [name for name, function in functions.items() if function.decorator_list]
    assert asked == [rule.name for rule in spec.rules]
    for rule in spec.rules:
        assert tuple(argument.arg for argument in functions[rule.name].args.args) == rule.parameters
        assert [ast.unparse(each) for each in functions[rule.name].decorator_list] == [f"puzzle('{spec.name}')"]


@every_puzzle
def test_a_puzzle_is_a_stub_and_a_solution_is_not(spec: FunctionSpec) -> None:
    assert text_is_untouched(text_of("puzzles", spec), spec)
    assert not text_is_untouched(text_of("solutions", spec), spec)


def lines_to_find(spec: FunctionSpec, name: str) -> list[str]:
    body = functions_of("solutions", spec)[name].body
    return [line.strip() for node in body for line in ast.unparse(node).splitlines()]


@every_puzzle
def test_a_stub_says_how_many_lines_are_missing(spec: FunctionSpec) -> None:
    said = re.findall(r"# Your code here: about (\d+) lines?\.", text_of("puzzles", spec))
    assert list(map(int, said)) == [len(lines_to_find(spec, rule.name)) for rule in spec.rules]


@every_puzzle
def test_a_statement_is_complete_and_fits_a_screen(spec: FunctionSpec) -> None:
    statement = statement_of("puzzles", spec)
    assert "- **Arguments**: " in statement and "- **Returns** " in statement
    for rule in spec.rules:
        assert len(spec.rules) == 1 or rule.name in statement
        for parameter in rule.parameters:
            assert f"`{parameter}`" in statement
    lines = text_of("puzzles", spec).splitlines()
    assert len(lines) <= 37 + 6 * len(spec.rules)
    assert max(map(len, lines)) <= 100


@every_puzzle
def test_a_solution_has_the_puzzles_title_and_a_walkthrough(spec: FunctionSpec) -> None:
    title = statement_of("puzzles", spec).splitlines()[0]
    assert re.fullmatch(rf"# Puzzle {spec.number} · [A-Z].*", title)
    solution = statement_of("solutions", spec)
    assert solution.splitlines()[0] == title
    assert len(solution.partition("\n## Walkthrough\n")[2]) > 400


@every_puzzle
def test_there_are_three_hints_and_none_gives_a_line_away(spec: FunctionSpec) -> None:
    lines = chain.from_iterable(lines_to_find(spec, rule.name) for rule in spec.rules)
    given_away = [re.sub(r"\s", "", line) for line in lines if len(line) > len("return grad_a")]
    assert len(set(spec.hints)) == 3
    for hint in spec.hints:
        assert 40 < len(hint) < 300
        assert not any(line.rstrip(":") in re.sub(r"\s", "", hint) for line in given_away)


# What is drawn


@cache
def drawn(name: str) -> list[Arguments]:
    calls: list[Arguments] = []

    @settings(
        max_examples=200,
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
def test_arguments_are_arrays_of_floats_and_what_the_statement_names(rule: Rule) -> None:
    kinds = {"shape": tuple, "dims": tuple, "dim": int, "keepdim": bool, "index": np.ndarray}
    for arguments in drawn(rule.name):
        assert tuple(arguments) == rule.parameters
        for name, value in arguments.items():
            assert type(value) is kinds.get(name, np.ndarray)
            if isinstance(value, np.ndarray):
                assert value.dtype == (np.int64 if name == "index" else np.float64)
                assert np.isfinite(value).all()


@every_rule
def test_d_has_the_shape_of_the_result_and_is_never_all_ones(rule: Rule) -> None:
    for arguments in drawn(rule.name):
        d = arguments["d"]
        forward, inputs = as_function(rule.name, arguments)
        assert d.shape == np.shape(forward(*inputs))
        assert d.size == 0 or (d != 1).any()
        assert (d != 0).all()


@every_rule
def test_empty_arrays_and_negative_numbers_occur(rule: Rule) -> None:
    assert any(arguments["d"].size == 0 for arguments in drawn(rule.name)) == (rule.name != "mean_backward")
    assert any((arguments["d"] < 0).any() for arguments in drawn(rule.name))


@every_rule
def test_the_simplest_call_is_small_and_tells_mistakes_apart(rule: Rule) -> None:
    quiet = settings(database=None, derandomize=True, phases=[Phase.generate, Phase.shrink])
    simplest = find(rule.cases(), lambda arguments: True, settings=quiet)
    assert all(np.size(value) <= 4 for value in simplest.values())
    assert simplest["d"].flat[0] == 5


@every_rule
def test_every_call_gets_a_remark(rule: Rule) -> None:
    for arguments in drawn(rule.name):
        said = rule.remark(arguments)
        assert said.endswith(".") and len(said) < 200 and "\n" not in said
        assert not re.search(r"\b1 (elements|dimensions|rows)\b|  ", said)


def some(name: str, holds: Callable[..., Any]) -> bool:
    return any(bool(holds(**arguments)) for arguments in drawn(name))


def test_what_makes_a_rule_hard_is_drawn() -> None:
    assert some("relu_backward", lambda d, a: (a == 0).any())
    assert some("maximum_backward", lambda d, a, b: (a == b).any() and (a != b).any())
    assert some("less_backward", lambda d, a, b: (a == b).any())
    assert some("max_backward", lambda d, a: a.size and ((a == a.max(-1, keepdims=True)).sum(-1) > 1).any())
    for zeros in (0, 1, 2):
        assert some("prod_backward", lambda d, a, zeros=zeros: ((a == 0).sum(-1) == zeros).any())
    for sign in (1, -1):
        assert some("logsumexp_backward", lambda d, a, sign=sign: (sign * a > 900).any())
    assert some("logsumexp_backward", lambda d, a: a.size and a.max() - a.max(-1).min() > 900)
    assert some("index_backward", lambda d, index, shape: len(set(index.tolist())) < len(index))
    assert some("index_backward", lambda d, index, shape: len(set(index.tolist())) < shape[0])
    assert some("permute_backward", lambda d, dims: tuple(np.argsort(dims)) != dims)
    assert some("sum_backward", lambda d, shape, dim, keepdim: dim < 0 and keepdim)
    assert some("sum_backward", lambda d, shape, dim, keepdim: dim > 0 and not keepdim and len(set(shape)) == 1)
    assert some("unbroadcast", lambda d, shape: len(shape) < d.ndim)
    assert some("unbroadcast", lambda d, shape: len(shape) == d.ndim and d.shape != shape)
    assert some("unbroadcast", lambda d, shape: d.size == 0 and shape == (1,))
    assert some("matmul_backward", lambda d, a, b: a.ndim > b.ndim)
    assert some("matmul_backward", lambda d, a, b: a.ndim < b.ndim)
    assert some("matmul_backward", lambda d, a, b: a.ndim == 4 and a.shape[:2] == (2, 1) and b.shape[:2] == (1, 3))


def test_arguments_stay_where_a_function_is_defined() -> None:
    assert not some("inv_backward", lambda d, a: (a == 0).any())
    assert not some("div_backward", lambda d, a, b: (b == 0).any())
    for name in ("sqrt_backward", "log_backward"):
        assert not some(name, lambda d, a: (a <= 0).any())
    assert not some("pow_backward", lambda d, a, b: (a <= 0).any())
    for rule in SPECS[0].rules:
        assert not some(rule.name, lambda d, a: (a > 16).any())


# What is expected, by central differences of what NumPy computes


def logsumexp(a: np.ndarray) -> np.ndarray:
    return np.logaddexp.reduce(a, -1) if a.size else np.zeros(a.shape[:-1])


MAPS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "neg_backward": np.negative,
    "inv_backward": np.reciprocal,
    "square_backward": np.square,
    "sqrt_backward": np.sqrt,
    "exp_backward": np.exp,
    "log_backward": np.log,
    "sigmoid_backward": lambda a: 1 / (1 + np.exp(-a)),
    "tanh_backward": np.tanh,
    "relu_backward": lambda a: np.maximum(a, 0),
    "max_backward": lambda a: a.max(-1),
    "prod_backward": lambda a: a.prod(-1),
    "logsumexp_backward": logsumexp,
}

ZIPS: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "add_backward": np.add,
    "sub_backward": np.subtract,
    "mul_backward": np.multiply,
    "div_backward": np.divide,
    "pow_backward": np.power,
    "maximum_backward": np.maximum,
    "less_backward": lambda a, b: np.asarray(a < b, float),
    "matmul_backward": np.matmul,
}

OF_A_SHAPE: dict[str, Callable[..., np.ndarray]] = {
    "unbroadcast": lambda a, d, shape: np.broadcast_to(a, d.shape),
    "sum_backward": lambda a, d, shape, dim, keepdim: a.sum(dim, keepdims=keepdim),
    "mean_backward": lambda a, d, shape, dim, keepdim: a.mean(dim, keepdims=keepdim),
    "view_backward": lambda a, d, shape: a.reshape(d.shape),
    "permute_backward": lambda a, d, dims: a.transpose(dims),
    "expand_backward": lambda a, d, shape: np.broadcast_to(a, d.shape),
    "index_backward": lambda a, d, index, shape: a[index],
}


def as_function(name: str, arguments: Arguments) -> tuple[Callable[..., Any], list[np.ndarray]]:
    """The function that the rule is of, and the operands that it has."""
    if name in MAPS:
        return MAPS[name], [arguments["a"]]
    if name in ZIPS:
        return ZIPS[name], [arguments["a"], arguments["b"]]
    shape = (
        arguments["shape"]
        if "shape" in arguments
        else arguments["d"].transpose(np.argsort(arguments["dims"]).astype(int)).shape
    )
    return lambda a: OF_A_SHAPE[name](a, **arguments), [np.linspace(-1, 1, math.prod(shape)).reshape(shape)]


STEP = 1e-6


def by_central_differences(name: str, arguments: Arguments) -> list[np.ndarray]:
    """Each element changed a little, both ways: how much does the sum of d · out change?"""
    forward, inputs = as_function(name, arguments)
    gradients = []
    for place, operand in enumerate(inputs):
        gradient = np.zeros(operand.shape)
        for element in np.ndindex(*operand.shape):
            up, down = operand.copy(), operand.copy()
            up[element] += STEP
            down[element] -= STEP
            ends = [forward(*inputs[:place], end, *inputs[place + 1 :]) for end in (up, down)]
            gradient[element] = np.sum(arguments["d"] * (ends[0] - ends[1])) / (up[element] - down[element])
        gradients.append(gradient)
    return gradients


def is_smooth(name: str, arguments: Arguments) -> Any:
    """Where there is a derivative: not at a corner, and not where two are equally large."""
    a = arguments.get("a")
    if name == "relu_backward":
        return a != 0
    if name in ("maximum_backward", "less_backward"):
        return a != arguments["b"]
    if name == "max_backward":
        return ((a == a.max(-1, keepdims=True)).sum(-1, keepdims=True) == 1) | np.zeros(a.shape, bool)
    return True


@every_rule
def test_the_reference_agrees_with_central_differences(rule: Rule) -> None:
    for arguments in drawn(rule.name):
        expected = rule.reference(**arguments)
        expected = expected if isinstance(expected, tuple) else (expected,)
        smooth = is_smooth(rule.name, arguments)
        for wanted, found in zip(expected, by_central_differences(rule.name, arguments), strict=True):
            assert wanted.shape == found.shape
            scale = max(1, np.abs(found).max(initial=0))
            assert (np.abs(wanted - found) * smooth <= 1e-5 * scale).all(), arguments


CORNERS = [
    ("relu_backward", (3.0, 0.0), 0.0),
    ("maximum_backward", (3.0, 2.0, 2.0), (1.5, 1.5)),
    ("less_backward", (3.0, 2.0, 2.0), (0.0, 0.0)),
    ("max_backward", (3.0, [2.0, 7.0, 7.0]), [0.0, 3.0, 0.0]),
]


@pytest.mark.parametrize(("name", "given_values", "wanted"), CORNERS, ids=[corner[0] for corner in CORNERS])
def test_at_a_corner_the_reference_does_what_pytorch_does(name: str, given_values: Any, wanted: Any) -> None:
    found = RULES[name].reference(*map(np.array, given_values))
    assert np.array_equal(np.array(found), np.array(wanted))


# What is accepted, and how mistakes are named


def in_float32(result: Any) -> Any:
    return tuple(map(in_float32, result)) if isinstance(result, tuple) else result.astype(np.float32)


def as_list(result: Any) -> Any:
    return tuple(map(as_list, result)) if isinstance(result, tuple) else result.tolist()


def as_tensor(result: Any) -> Any:
    return tuple(map(as_tensor, result)) if isinstance(result, tuple) else minigrad.tensor(result)


@every_rule
def test_the_expected_result_is_accepted_whatever_holds_it(rule: Rule) -> None:
    for arguments in drawn(rule.name):
        expected = rule.reference(**arguments)
        for result in (expected, in_float32(expected), as_tensor(expected)):
            assert rule.compare(arguments, expected, result) is None
        if all(each.size for each in (expected if isinstance(expected, tuple) else (expected,))):  # lists have no shape
            assert rule.compare(arguments, expected, as_list(expected)) is None


def nothing(value: Any) -> Any:
    return tuple(map(nothing, value)) if isinstance(value, tuple) else np.zeros_like(value)


@every_rule
def test_zeros_are_accepted_only_where_they_are_right(rule: Rule) -> None:
    for arguments in drawn(rule.name):
        expected = rule.reference(**arguments)
        is_right = not any(np.any(each) for each in (expected if isinstance(expected, tuple) else (expected,)))
        assert (rule.compare(arguments, expected, nothing(expected)) is None) == is_right


@every_puzzle
def test_a_solution_divides_by_nothing_and_overflows_nowhere(spec: FunctionSpec) -> None:
    path = ROOT / "solutions" / spec.part / spec.file_name
    module = importlib.util.module_from_spec(found := importlib.util.spec_from_file_location(path.stem, path))
    found.loader.exec_module(module)
    for rule in spec.rules:
        for arguments in drawn(rule.name):
            with np.errstate(over="raise", divide="raise", invalid="raise"):
                getattr(module, rule.name)(**arguments)


WORDS = {
    "map_rules/wrong_sign": "a wrong sign",
    "map_rules/without_d": "the derivative without d",
    "map_rules/only_d": "d itself: the derivative is missing",
    "map_rules/lets_d_through_at_0": "a relu that lets d through at 0",
    "map_rules/asks_d": "whether a is positive decides, not d",
    "map_rules/value_for_derivative": "d times the function's value",
    "map_rules/rule_for_the_result": "the rule for the result sigmoid(a), used on a itself",
    "map_rules/half_as_much": "every element is 0.5 times what it should be",
    "map_rules/adds_d": "d plus the derivative",
    "map_rules/d_twice": "a d too many",
    "map_rules/forgets_to_return": "returned nothing",
    "map_rules/whole_numbers": "whose dtype is int64",
    "map_rules/truth_values": "whose dtype is bool",
    "map_rules/sums_it_up": "a float; expected an array of shape",
    "map_rules/as_a_column": "the right numbers in another shape",
    "map_rules/a_tuple_of_one": "a tuple of 1 result",
    "zip_rules/own_operand": "the other operand is the derivative",
    "zip_rules/the_others_gradient": "the gradients of different operands are mixed up",
    "zip_rules/without_d": "the derivative without d",
    "zip_rules/lost_minus": "a minus that is lost",
    "zip_rules/wrong_sign": "grad_b = ",
    "zip_rules/not_squared": "by its square",
    "zip_rules/same_power": "a power that is not made smaller by 1",
    "zip_rules/power_rule_twice": "the power rule, used where the exponent changes",
    "zip_rules/both_at_a_tie": "all of d at a tie, where each operand gets half of it",
    "zip_rules/first_at_a_tie": "all of d at a tie, where each operand gets half of it",
    "zip_rules/nothing_at_a_tie": "nothing at a tie, where each operand gets half of d",
    "zip_rules/to_the_smaller": "d to the smaller operand",
    "zip_rules/none_for_zeros": "a gradient that vanishes is an array of zeros",
    "zip_rules/where_it_holds": "a gradient where the comparison holds",
    "zip_rules/one_gradient": "returned an array; expected 2 arrays, (grad_a, grad_b)",
    "zip_rules/three_gradients": "returned 3 results; expected 2 arrays",
    "unbroadcast/not_summed": "a gradient that is not summed over what was broadcast",
    "unbroadcast/only_the_new_ones": "not summed over what was broadcast",
    "unbroadcast/loses_a_kept_dimension": "without a dimension of size 1, which has to be kept",
    "unbroadcast/over_the_first": "a sum over other dimensions than those that were stretched",
    "unbroadcast/the_mean": "a mean over the copies",
    "unbroadcast/the_first_copy": "the gradient of one copy",
    "unbroadcast/everything": "it is a number, of shape (), and (1,) is wanted",
    "sum_rules/mean_without_division": "a mean divides by the number of elements",
    "sum_rules/divides_by_all": "a division by the number of all elements",
    "sum_rules/divides_by_the_means": "a mean divides by the number of elements",
    "sum_rules/sum_divided": "a gradient that is divided",
    "sum_rules/without_d": "the derivative without d",
    "sum_rules/not_put_back": "raised ValueError",
    "sum_rules/always_put_back": "raised ValueError",
    "sum_rules/not_copied": "its shape is (1,), and (2,) is wanted",
    "sum_rules/wrong_sign": "a wrong sign",
    "max_rule/every_tie": "all of d to every element at a tie",
    "max_rule/shared_out": "d shared out at a tie",
    "max_rule/to_the_last": "d to the last of several that are the largest",
    "max_rule/largest_of_all": "d to the largest of all",
    "max_rule/without_d": "the derivative without d",
    "max_rule/times_the_maximum": "d times the largest element",
    "max_rule/along_the_wrong_dimension": "d copied along the wrong dimension",
    "max_rule/to_all": "d copied to every element of its row",
    "max_rule/of_whole_numbers": "whose dtype is int64",
    "prod_rule/divides": "a division of the product by each element",
    "prod_rule/divides_where_it_can": "there, the product of the others counts",
    "prod_rule/its_own_too": "the element's own included",
    "prod_rule/leaves_zeros_out": "the product of the elements that are not 0",
    "prod_rule/without_d": "the derivative without d",
    "prod_rule/wrong_sign": "a wrong sign",
    "logsumexp_rule/overflows": "exp of large numbers, which overflows",
    "logsumexp_rule/largest_of_all": "it is the largest of each row that has to be taken off",
    "logsumexp_rule/over_all": "a softmax over all elements",
    "logsumexp_rule/not_divided": "exp without the division by its sum",
    "logsumexp_rule/without_d": "the derivative without d",
    "logsumexp_rule/only_the_largest": "the gradient of a maximum",
    "logsumexp_rule/softmax_backward": "the backward rule of softmax",
    "view_rules/overwrites": "a gradient that is overwritten where an index repeats",
    "view_rules/adds_once": "a gradient that is overwritten where an index repeats",
    "view_rules/first_of_several": "the first gradient alone where an index repeats",
    "view_rules/mean_of_several": "a mean where an index repeats",
    "view_rules/takes_again": "elements taken from d by the index",
    "view_rules/same_permutation": "the same permutation once more",
    "view_rules/reversed_dimensions": "all dimensions in reverse order",
    "view_rules/one_copy": "the gradient of one copy",
    "view_rules/expand_not_summed": "a gradient that is not summed over what was broadcast",
    "view_rules/expand_loses_a_dimension": "without a dimension of size 1, which has to be kept",
    "view_rules/column_by_column": "elements in another order",
    "view_rules/still_a_view": "the right numbers in another shape",
    "matmul_rule/not_summed": "not summed over the matrices that were broadcast",
    "matmul_rule/not_transposed": "where the transposed b belongs",
    "matmul_rule/wrong_order": "a product in the wrong order",
    "matmul_rule/swapped": "the gradients of different operands are mixed up",
    "matmul_rule/result_transposed": "transposed",
    "matmul_rule/without_d": "the derivative without d",
    "matmul_rule/wrong_sign": "a wrong sign",
    "matmul_rule/one_gradient": "returned None as grad_b",
}
"""What a verdict on a file of the bank says, among other things."""


@pytest.mark.parametrize("name", WORDS)
def test_a_usual_mistake_is_called_by_its_name(name: str) -> None:
    assert WORDS[name] in check_file(BANK / f"{name}.py", 0).checks["correct"].message
