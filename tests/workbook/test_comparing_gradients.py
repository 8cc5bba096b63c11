"""How gradients and Jacobians are compared: what is accepted, what else a result may be, how mistakes are called."""

from typing import Any

import numpy as np
import pytest

import minigrad
from minigrad.workbook.checks.gradients import gradient, gradients, jacobian
from minigrad.workbook.checks.usual_mistakes import Usual, without_d

pytestmark = pytest.mark.on_one_python

D = np.array([2.0, 5.0])
RIGHT = np.array([6.0, -10.0])  # of a product with (3, -2)
ARGUMENTS = {"d": D, "a": np.array([3.0, -2.0])}

one = gradient("grad_a", usual=(without_d(lambda d, a: d * a),))


@pytest.mark.parametrize(
    "result",
    [
        RIGHT,
        RIGHT.astype(np.float32),
        RIGHT.tolist(),
        [6, -10],
        minigrad.tensor(RIGHT),
        minigrad.tensor(RIGHT, requires_grad=True),
        RIGHT * (1 + 1e-7),
    ],
    ids=["an array", "float32", "a list", "a list of ints", "a tensor", "a tensor with a history", "nearly"],
)
def test_a_right_gradient_is_accepted(result: Any) -> None:
    assert one(ARGUMENTS, RIGHT, result) is None


UNLIKE = {
    "nothing": (None, "returned nothing; expected an array of shape (2,): is there a return at the end?"),
    "a number": (3.0, "returned 3.0, a float; expected an array of shape (2,)"),
    "one of NumPy's": (np.float64(3), "it is a number, of shape (), and (2,) is wanted"),
    "a bool": (True, "returned True, a bool; expected an array of shape (2,)"),
    "ints": (
        RIGHT.astype(int),
        "returned [6, -10], whose dtype is int64; expected an array of shape (2,) and of floats",
    ),
    "bools": (RIGHT > 0, "whose dtype is bool"),
    "complex numbers": (RIGHT + 0j, "whose dtype is complex128"),
    "nan": (RIGHT * np.nan, "element [0] is nan, not 6.0, and every number should be finite"),
    "inf": (np.array([6.0, np.inf]), "element [1] is inf, not -10.0, and every number should be finite"),
    "a tuple": ((RIGHT,), "returned a tuple of 1 result; expected grad_a alone, [6.0, -10.0]"),
    "a string": ("6, -10", "returned a str that holds no numbers"),
    "a dict": ({1: 2}, "returned a dict that holds no numbers"),
    "a generator": (iter(RIGHT), "that holds no numbers; expected an array of shape (2,)"),
    "a list with None": ([None, 6.0], "returned a list that holds no numbers"),
    "a ragged list": ([[6.0], [1.0, 2.0]], "which is no array; expected an array of shape (2,)"),
    "another length": (np.ones(3), "its shape is (3,), and (2,) is wanted"),
    "no element": (np.zeros(0), "its shape is (0,), and (2,) is wanted"),
}


@pytest.mark.parametrize(("result", "said"), UNLIKE.values(), ids=UNLIKE)
def test_a_result_of_another_kind_is_named_for_what_it_is(result: Any, said: str) -> None:
    assert said in (one(ARGUMENTS, RIGHT, result) or "")


MISTAKES = {
    "sign": (-RIGHT, "a wrong sign"),
    "without d": (RIGHT / D, "the derivative without d"),
    "d": (D, "d itself: the derivative is missing"),
    "d twice": (RIGHT * D, "a d too many"),
    "factor": (RIGHT / 2, "a wrong factor: every element is 0.5 times what it should be"),
    "zeros": (RIGHT * 0, "zeros: nothing arrives at all"),
    "shape": (RIGHT[:, None], "the right numbers in another shape"),
    "repeated": (np.array([RIGHT, RIGHT]), "the right numbers, repeated"),
}


@pytest.mark.parametrize(("result", "said"), MISTAKES.values(), ids=MISTAKES)
def test_a_usual_mistake_is_recognised(result: Any, said: str) -> None:
    assert f"It looks like {said}" in (one(ARGUMENTS, RIGHT, result) or "")


def test_what_looks_like_nothing_known_gets_the_numbers_alone() -> None:
    assert one(ARGUMENTS, RIGHT, RIGHT + np.array([0, 1])) == (
        "returned [6.0, -9.0], expected [6.0, -10.0]: element [1] is -9.0, not -10.0"
    )


def test_an_array_that_is_too_long_to_read_is_shown_by_its_wrong_element() -> None:
    right = np.arange(24.0).reshape(4, 6)
    assert gradient()({}, right, right + (right == 8)) == (
        "returned an array of shape (4, 6), expected an array of shape (4, 6): element [1, 2] is 9.0, not 8.0"
    )


TABLE = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])


@pytest.mark.parametrize(
    ("right", "result", "said"),
    [
        (TABLE, TABLE.T, "the right numbers, transposed"),
        (np.stack([TABLE, TABLE]), np.stack([TABLE.T, TABLE.T]), "with the last two dimensions swapped"),
        (TABLE[:, :1], TABLE[:, 0], "the right numbers without a dimension of size 1, which has to be kept"),
        (TABLE[:1, :1], np.float64(1), "the right numbers without a dimension of size 1, which has to be kept"),
    ],
)
def test_a_wrong_shape_is_told_with_its_reason(right: np.ndarray, result: np.ndarray, said: str) -> None:
    assert said in (gradient()({}, right, result) or "")


def test_a_gradient_that_still_has_the_shape_of_d_was_not_summed() -> None:
    said = gradient()({"d": TABLE}, TABLE.sum(1, keepdims=True), TABLE + 1)
    assert "its shape is (2, 3), and (2, 1) is wanted\nIt looks like a gradient that is not summed" in (said or "")


def test_a_tolerance_follows_what_was_summed() -> None:
    right = np.array([0.001])  # the rest of large terms
    assert gradient()({}, right, right + 0.01)
    assert gradient(terms=lambda: 10_000.0)({}, right, right + 0.01) is None
    assert gradient(terms=lambda: 10_000.0)({}, right, right + 1)


def test_a_puzzles_own_mistakes_come_first() -> None:
    mine = Usual("a minus of its own", lambda d, a: [None, -d * a])
    said = gradient(usual=(mine,))(ARGUMENTS, RIGHT, -RIGHT)
    assert said and said.endswith("\nIt looks like a minus of its own.")


# Several gradients

BOTH = (RIGHT, RIGHT[::-1])
two = gradients("grad_a", "grad_b")

UNLIKE_TWO = {
    "nothing": (None, "returned nothing; expected 2 arrays, (grad_a, grad_b): is there a return at the end?"),
    "an array": (np.array(BOTH), "returned an array; expected 2 arrays, (grad_a, grad_b)"),
    "too few": (BOTH[:1], "returned 1 result; expected 2 arrays, (grad_a, grad_b)"),
    "too many": ((*BOTH, D), "returned 3 results; expected 2 arrays, (grad_a, grad_b)"),
    "None for one": ((RIGHT, None), "returned None as grad_b; expected an array of shape (2,)"),
    "a number for one": ((0.0, RIGHT[::-1]), "returned 0.0, a float as grad_a; expected an array of shape (2,)"),
    "swapped": (BOTH[::-1], "returned grad_a = [-10.0, 6.0], expected [6.0, -10.0]: element [0] is -10.0, not 6.0\n"
                            "It looks like grad_b: the gradients of different operands are mixed up"),
    "one wrong": ((RIGHT, RIGHT), "returned grad_b = [6.0, -10.0]"),
}  # fmt: skip


@pytest.mark.parametrize(("result", "said"), UNLIKE_TWO.values(), ids=UNLIKE_TWO)
def test_of_several_gradients_the_wrong_one_is_named(result: Any, said: str) -> None:
    assert said in (two(ARGUMENTS, BOTH, result) or "")


@pytest.mark.parametrize("result", [BOTH, list(BOTH), [RIGHT.tolist(), minigrad.tensor(BOTH[1].copy())]])
def test_several_right_gradients_are_accepted(result: Any) -> None:
    assert two(ARGUMENTS, BOTH, result) is None


# Jacobians


def test_where_a_derivative_is_0_it_may_come_out_nearly_0() -> None:
    """As of a sine of π, of differences or of a Fourier transform; but no other number is nearly 0."""
    right = np.diag([1.0, 0.25])
    for close in (1e-16, 1e-7, -1e-6):
        assert jacobian()({"x": np.ones(2)}, right, right + close) is None
    for wrong in (1e-4, -0.001):
        assert "element [0, 0] is" in (jacobian()({"x": np.ones(2)}, right, right + wrong) or "")


SQUARE = np.array([[1.0, 2.0], [0.0, 3.0]])
OF_A_TABLE = np.arange(12.0).reshape(2, 3, 2)  # outputs 2 × 3

JACOBIANS = {
    "dimensions swapped": (1, TABLE, TABLE.T, "its shape is (3, 2), and (2, 3) is wanted\n"
                     "It looks like a Jacobian with its dimensions swapped: outputs come first, then inputs"),
    "a square one": (1, SQUARE, SQUARE.T, "element [0, 1] is 0.0, not 2.0\nIt looks like a Jacobian with its dim"),
    "two output dimensions": (2, OF_A_TABLE, np.moveaxis(OF_A_TABLE, 2, 0), "Jacobian with its dimensions swapped"),
    "the diagonal": (1, SQUARE, np.array([1.0, 3.0]), "the diagonal of the Jacobian alone"),
    "summed": (1, TABLE, TABLE.sum(0), "the Jacobian summed over the outputs"),
    "flat": (1, TABLE, TABLE.ravel(), "the right numbers in another shape"),
    "sign": (1, TABLE, -TABLE, "a wrong sign"),
    "a tuple": (1, TABLE, (TABLE, TABLE), "returned a tuple of 2 results; expected one Jacobian"),
    "nothing": (1, TABLE, None, "returned nothing; expected an array of shape (2, 3)"),
}  # fmt: skip


@pytest.mark.parametrize(("outputs", "right", "result", "said"), JACOBIANS.values(), ids=JACOBIANS)
def test_what_is_wrong_with_a_jacobian_is_said(outputs: int, right: np.ndarray, result: Any, said: str) -> None:
    assert jacobian(outputs=outputs)({"x": np.ones(3)}, right, right) is None
    assert said in (jacobian(outputs=outputs)({"x": np.ones(3)}, right, result) or "")


def test_the_number_of_output_dimensions_may_depend_on_the_arguments() -> None:
    compare = jacobian(outputs=lambda arguments: arguments["x"].ndim)
    swapped = np.moveaxis(OF_A_TABLE, 2, 0)
    assert "dimensions swapped" in (compare({"x": np.ones((2, 3))}, OF_A_TABLE, swapped) or "")


def test_two_jacobians_come_in_a_tuple() -> None:
    compare = jacobian("of x", "of y")
    assert compare({}, (TABLE, SQUARE), (TABLE, SQUARE)) is None
    assert compare({}, (TABLE, SQUARE), TABLE) == "returned an array; expected 2 arrays, (of x, of y)"
    assert "dimensions swapped" in (compare({}, (TABLE, SQUARE), (TABLE, SQUARE.T)) or "")
