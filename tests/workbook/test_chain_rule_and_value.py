"""Puzzles 39 and 40, a ``Function`` and a ``Value``: what is expected is right, what is drawn tells mistakes apart.

That the solutions solve their puzzles is what ``pytest solutions/`` is for, and that wrong answers fail the bank of
mistakes; here it is whether the words are the right ones. What any class is told is in ``test_classes.py``.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

from minigrad import Function, gradcheck, tensor
from minigrad.workbook.bundled import bundled
from minigrad.workbook.checks import part5_chain_rule, part5_value, spec_of
from minigrad.workbook.engine import check_file
from minigrad.workbook.function_trial import Call, try_call
from minigrad.workbook.load import load
from minigrad.workbook.spec import Arguments, Rule

pytestmark = pytest.mark.on_one_python

BANK = Path(__file__).parents[1] / "mistakes" / "kernels" / "part5_gradients"
FORWARD, BACKWARD = spec_of("chain_rule").rules
ADD, MUL, GO_BACK = spec_of("value").rules

each_time = settings(max_examples=100, derandomize=True, database=None, deadline=None)


def drawn(rule: Rule) -> list[Arguments]:
    calls: list[Arguments] = []
    each_time(given(rule.cases())(lambda arguments: calls.append(arguments)))()
    return calls


def solution(name: str) -> Any:
    spec = spec_of(name)
    return load(bundled("solutions") / spec.part / spec.file_name).kernel


# 39: what is expected and drawn


@each_time
@given(BACKWARD.cases())
def test_the_gradient_is_what_central_differences_find(arguments: Arguments) -> None:
    x, d = arguments["x"], arguments["d"]

    def f(x: np.ndarray) -> float:
        return float(d @ (x[0], x[0] * x[1]))

    slopes = [(f(x + step) - f(x - step)) / 2e-4 for step in 1e-4 * np.eye(2)]
    assert BACKWARD.reference(**arguments) == pytest.approx(slopes, abs=1e-8)
    assert FORWARD.reference(x).tolist() == [x[0], x[0] * x[1]]


def test_the_solution_goes_through_gradcheck() -> None:
    for arguments in drawn(FORWARD):
        assert gradcheck(solution("chain_rule").apply, tensor(arguments["x"]))


def test_zeros_occur_in_either_place_and_d_tells_whether_it_counts() -> None:
    calls = drawn(BACKWARD)
    assert {tuple(call["x"] == 0) for call in calls} >= {(False, False), (True, False), (False, True)}
    assert all((call["d"] != 0).all() and (call["d"] != 1).any() for call in calls)
    assert any(call["d"][0] != call["d"][1] for call in calls)


def test_every_usual_mistake_differs_from_what_is_right_and_from_each_other_one() -> None:
    calls = drawn(BACKWARD)
    for usual in part5_chain_rule._BACKWARD:
        others = [BACKWARD.reference, *(each.gives for each in part5_chain_rule._BACKWARD if each is not usual)]
        for other in others:
            assert any(not np.allclose(usual.gives(**call), other(**call)) for call in calls), usual.says


# 40: what is expected and drawn


def numbers_of(arguments: Arguments) -> dict[str, float]:
    return part5_value.built(float, **arguments)


@each_time
@given(GO_BACK.cases())
def test_each_gradient_is_what_central_differences_find(arguments: Arguments) -> None:
    """A Value in the middle is moved by a leaf that is added to it."""
    names, expected = list(numbers_of(arguments)), GO_BACK.reference(**arguments)
    for name in names:

        def moved(by: float, which: str = name) -> float:
            found: dict[str, float] = {}
            for at, number in zip(names, arguments["leaves"], strict=False):
                found[at] = number + by * (at == which)
            for at, (sign, left, right) in zip(names[len(found) :], arguments["steps"], strict=True):
                result = found[left] + found[right] if sign == "+" else found[left] * found[right]
                found[at] = result + by * (at == which)
            return found[names[-1]]

        slope = (moved(1e-6) - moved(-1e-6)) / 2e-6
        assert expected[name] == pytest.approx(slope, rel=1e-4, abs=1e-6), (name, arguments)


@each_time
@given(GO_BACK.cases())
def test_all_that_is_computed_is_exact_in_any_order(arguments: Arguments) -> None:
    for number in (*numbers_of(arguments).values(), *GO_BACK.reference(**arguments).values()):
        assert number * 2**16 == round(number * 2**16) and abs(number) < 2**30


def test_expressions_of_every_kind_occur() -> None:
    calls = drawn(GO_BACK)
    uses = [[name for _, *operands in call["steps"] for name in operands] for call in calls]
    assert {len(call["steps"]) for call in calls} == {0, 1, 2, 3, 4}
    assert {len(call["leaves"]) for call in calls} == {1, 2, 3}
    assert {sign for call in calls for sign, *_ in call["steps"]} == {"+", "*"}
    assert any(left == right for call in calls for _, left, right in call["steps"]), "one Value twice"
    assert any(names.count(name) > 1 for names in uses for name in set(names) - set("abc")), "a result twice"
    assert any(0.0 in call["leaves"] and len(call["steps"]) > 1 for call in calls), "a zero"
    assert any(0.0 in GO_BACK.reference(**call).values() for call in calls), "a Value that is not reached"


def test_the_typical_expression_uses_a_value_twice() -> None:
    typical = GO_BACK.cases.made_of(GO_BACK.cases.typical)  # type: ignore[attr-defined]
    assert str(Call(GO_BACK, typical)) == "a, b = Value(3.0), Value(-2.0); c = a * b; d = c + a; d.backward()"


@pytest.mark.parametrize("rule", [ADD, MUL], ids=lambda rule: rule.name)
def test_sums_and_products_are_those_of_floats(rule: Rule) -> None:
    for call in drawn(rule):
        a, b = call.values()
        assert rule.reference(**call) == (a + b if rule is ADD else a * b)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (5.0, None),
        (np.float64(5), None),
        (5, None),
        (4.0, "returned a Value whose data is 4.0, expected a Value whose data is 5.0"),
        (float("nan"), "returned a Value whose data is nan, expected a Value whose data is 5.0"),
        (None, "returned a Value whose data is None, expected a Value whose data is 5.0"),
        ([5.0], "returned a Value whose data is [5.0], expected a Value whose data is 5.0"),
    ],
)
def test_the_data_of_a_value_is_a_number(given: Any, said: str | None) -> None:
    assert part5_value._a_value({}, 5.0, given) == said


def test_two_verdicts_on_one_class_do_not_disturb_each_other() -> None:
    value, call = solution("value"), Call(GO_BACK, drawn(GO_BACK)[-1])
    assert [try_call(value.backward, call, value).mistake for _ in range(2)] == [None, None]


# How mistakes are named

SAID = {
    "chain_rule/forgets_to_save": "It looks like a forward that saves nothing: ctx.save_for_backward(x) keeps x",
    "chain_rule/attribute_that_is_not_there": "It looks like a forward that saves nothing",
    "chain_rule/two_gradients": "G.backward returned 2 gradients, and forward has 1 input; return one for each",
    "chain_rule/list_of_elements": "G.backward returned 2 gradients, and forward has 1 input; return one for each",
    "chain_rule/forgets_to_return": "G.backward returned nothing, and forward has 1 input; is there a return",
    "chain_rule/none": "G.backward returned None as the gradient of input 0; return zeros if it is 0 everywhere",
    "chain_rule/numpy_array": "G.backward returned a NumPy array as the gradient of input 0; minigrad.tensor makes",
    "chain_rule/a_number": "returned a gradient of shape () and float64 for input 0, which has shape (2,) and float64",
    "chain_rule/the_jacobian": "returned a gradient of shape (2, 2) and float64 for input 0, which has shape (2,)",
    "chain_rule/python_floats": "of shape (2,) and float32 for input 0, which has shape (2,) and float64",
    "chain_rule/forward_of_python_floats": "returned a tensor of float32, expected [3.0, -6.0] of float64, as x is",
    "chain_rule/whole_numbers": "returned [3, -6], whose dtype is int64; expected an array of shape (2,) and of floats",
    "chain_rule/forward_numpy_array": "G.forward returned a NumPy array; it has to return one tensor",
    "chain_rule/rows_for_columns": "It looks like a Jacobian with its dimensions swapped",
    "chain_rule/divides": "is nan, not 20.25, and every number should be finite",
    "chain_rule/forward_divides": "is nan, not 4.5, and every number should be finite",
    "chain_rule/without_d": "It looks like the derivatives without d",
    "chain_rule/second_output_alone": "It looks like the second output alone",
    "chain_rule/diagonal_alone": "It looks like the diagonal of the Jacobian alone",
    "chain_rule/own_factor": "It looks like x1 and x2 mixed up",
    "chain_rule/wrong_sign": "It looks like a wrong sign",
    "chain_rule/d_itself": "It looks like d itself",
    "chain_rule/saves_the_outputs": "It looks like the outputs in place of the inputs",
    "chain_rule/keeps_x_in_the_class": "It looks like the x of a later call",
    "chain_rule/a_sum_forwards": "It looks like a sum where the product belongs",
    "chain_rule/forward_alone": "not written yet: backward",
    "value/overwrites": "It looks like shares that replace one another: those of all uses add up",
    "value/own_factor": "It looks like an operand's own number for a slope",
    "value/only_d": "It looks like what arrives, handed on without the slope",
    "value/hands_on_the_total": "left a.grad = 6.0, expected 4.0",
    "value/not_its_own": "a = Value(3.0); a.backward() left a.grad = 0.0, expected 1.0",
    "value/leaves_alone": "left b.grad = 0.0, expected 1.0",
    "value/a_plain_number": "returned 1.0, a float; expected a Value whose data is 1.0",
    "value/forgets_to_return": "returned nothing; expected a Value whose data is -6.0: is there a return at the end?",
    "value/another_name": "returned a Value; expected a Value whose data is 1.0",
    "value/grad_only_where_it_arrives": "each Value has a grad, 0.0 at first",
    "value/changes_data": "left a.data = 2.9, expected 3.0",
    "value/goes_round": "raised RecursionError",
}
"""What ``correct`` says of a file of the bank, among other things."""

CHANGED = {
    "chain_rule/backward_changes_d": "after G.forward(ctx, [3.0, -2.0]), changed its argument d from [5.0, 2.0] to",
    "chain_rule/forward_changes_x": "G.forward(ctx, [3.0, -2.0]) changed its argument x from [3.0, -2.0] to",
    "value/changes_its_operand": "Value(3.0) + Value(-2.0) changed its argument a from 3.0 to 1.0",
    "map_rules/changes_d": "changed its argument d from",
    "zip_rules/changes_its_operand": "changed its argument",
    "logsumexp_rule/changes_a": "changed its argument a from",
    "jacobian_sort/sorts_in_place": "changed its argument x from",
}
"""What ``safe`` says of what changes its inputs, the rules of other puzzles included."""


@pytest.mark.parametrize("name", SAID)
def test_a_mistake_is_named(name: str) -> None:
    assert SAID[name] in check_file(BANK / f"{name}.py", 0).checks["correct"].message


@pytest.mark.parametrize("name", CHANGED)
def test_what_changes_its_inputs_is_named(name: str) -> None:
    safe = check_file(BANK / f"{name}.py", 0).checks["safe"].message
    assert safe.startswith("changed-input: ") and CHANGED[name] in safe


def test_nothing_is_said_of_saving_where_something_was_saved() -> None:
    class G(Function):
        def forward(ctx: Any, x: Any) -> Any:
            ctx.x = x
            return tensor([x[0], x[0] * x[1]])

        def backward(ctx: Any, d: Any) -> Any:
            raise ValueError("not now")

    arguments = {"x": np.array([3.0, 2.0]), "d": np.array([5.0, 2.0])}
    mistake = try_call(G.backward, Call(BACKWARD, arguments), G).mistake
    assert mistake == "raised ValueError: not now; expected [9.0, 6.0]"
