"""What there is to see of a plain function: which call, of which function, and what came of it."""

import numpy as np
import pytest
from typed_in import views

from minigrad.workbook import function_trial
from minigrad.workbook.function_check import check
from minigrad.workbook.live import NoThreads, live
from minigrad.workbook.puzzle import puzzle
from minigrad.workbook.showing_calls import call_to_show, calls_of, rule_to_show

pytestmark = pytest.mark.on_one_python

RIGHT_TRANSPOSE = "return shape[::-1], strides[::-1], 0"


def test_of_several_functions_the_first_that_is_wrong_is_shown():
    seen = live(views(transpose=RIGHT_TRANSPOSE, take_row="return shape, strides, row"))
    assert seen.run.title == "puzzle 27 · views, take_row"
    assert seen.run.mistake.startswith("returned ")
    choices = {control.name: control for control in seen.controls}
    assert (choices["function"].start, choices["function"].choices) == ("take_row", ("transpose", "take_row"))
    other = seen.rerun(function="transpose")
    assert other.agrees and other.call.startswith("transpose(")


def test_a_wrong_call_is_the_one_that_the_verdict_names():
    answer = views(transpose=RIGHT_TRANSPOSE, take_row="return shape, strides, row")
    message = check(answer, 0).checks["correct"].message
    calls = live(answer).run
    assert f"{calls.call} {calls.mistake}" in message and calls.remark in message


def test_each_function_has_a_call_of_its_own():
    answer = views(transpose=RIGHT_TRANSPOSE, take_row="return shape, strides, row")
    transpose, take_row = answer.spec.rules[:2]
    assert rule_to_show(answer) is take_row
    assert calls_of(answer, call_to_show(answer, transpose)).agrees
    assert not calls_of(answer, call_to_show(answer, take_row)).agrees


def test_a_function_that_rightly_raises_agrees():
    calls = live(views(flatten_or_fail="raise ValueError('no')"))
    assert not calls.run.agrees
    rerun = calls.rerun(shape="(2, 3)", nesting=1)
    assert rerun.agrees and rerun.given is rerun.expected is ValueError


def test_a_function_that_raises_what_it_should_not_is_told():
    calls = live(views(transpose="return 1 // 0")).run
    assert calls.given is None and calls.mistake.startswith("raised ZeroDivisionError")


def test_a_function_that_does_not_end_is_told(monkeypatch):
    monkeypatch.setattr(function_trial, "LINES", 2_000)
    calls = live(views(transpose="\n    ".join(("while True:", "    pass")))).run
    assert calls.mistake == "does not come to its end"


def test_a_function_that_is_not_waited_for_is_not_waited_for_again(monkeypatch):
    def too_slow(*given):
        raise function_trial.StillRunning("too slow")

    monkeypatch.setattr("minigrad.workbook.function_check.try_call", too_slow)
    monkeypatch.setattr("minigrad.workbook.showing_calls.try_call", lambda *given: pytest.fail("waited again"))
    assert live(views(transpose=RIGHT_TRANSPOSE)).run.mistake == "does not come to its end"


def test_a_function_that_changes_its_argument_is_told():
    @puzzle("jacobian_neg")
    def jacobian_neg(x):
        size = x.size
        x[:1] += 1
        return -np.eye(size)

    calls = live(jacobian_neg).run
    assert not calls.agrees and "changed its argument x" in calls.mistake


def test_only_a_kernel_can_be_stepped_through():
    with pytest.raises(NoThreads, match="a plain function has no threads to step through; minigrad show views"):
        views(transpose=RIGHT_TRANSPOSE).step()
