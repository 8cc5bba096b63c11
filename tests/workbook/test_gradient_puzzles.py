"""Puzzles 61 to 69, backward rules: the reference is right, what is drawn keeps its promises, mistakes are named.

That the solutions solve their puzzles is what ``pytest solutions/`` is for, and that wrong rules fail the bank of
mistakes; here it is whether the words are the right ones. How a result is compared whatever the puzzle, Jacobians
included, is in ``test_comparing_gradients.py``.
"""

import importlib.util
import math
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from drawn_cases import drawn_from, simplest_of

import minigrad
from minigrad.workbook.checks import all_specs
from minigrad.workbook.spec import Arguments, FunctionSpec, Rule

pytestmark = pytest.mark.on_one_python

ROOT = Path(minigrad.__file__).parents[1]
BANK = Path(__file__).parents[1] / "mistakes" / "kernels" / "part5_gradients"
SPECS = [spec for spec in all_specs() if isinstance(spec, FunctionSpec) and 61 <= spec.number <= 69]
RULES = {rule.name: rule for spec in SPECS for rule in spec.rules}

every_puzzle = pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.test_name)
every_rule = pytest.mark.parametrize("rule", RULES.values(), ids=RULES)


# What is drawn


@cache
def drawn(name: str) -> list[Arguments]:
    return drawn_from(RULES[name].cases(), 200)


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
    simplest = simplest_of(rule.cases())
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
