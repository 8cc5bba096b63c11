"""What there is to see of a plain function: which call, and what came of it beside the reference.

Of a puzzle that asks for several functions, each that is written has a call of its own; the first that fails is the one
that the verdict names.
"""

from __future__ import annotations

import warnings

from minigrad.draw.run import Calls
from minigrad.workbook.choosing import an_example
from minigrad.workbook.found import Found, recall
from minigrad.workbook.function_trial import Call, FunctionTrial, StillRunning, try_call
from minigrad.workbook.printed import caught
from minigrad.workbook.puzzle import FunctionPuzzle
from minigrad.workbook.search import FEW_EXAMPLES
from minigrad.workbook.spec import Rule
from minigrad.workbook.untouched import is_untouched

NOT_WRITTEN = "not written yet"


def rules_to_show(puzzle: FunctionPuzzle) -> tuple[Rule, ...]:
    """The functions that are written; the first of them all where none is."""
    functions, rules = puzzle.functions, puzzle.spec.rules
    written = [rule for rule in rules if rule.name in functions and not is_untouched(functions[rule.name])]
    return tuple(written) or rules[:1]


def rule_to_show(puzzle: FunctionPuzzle) -> Rule:
    """The function that the verdict names first: one with a wrong result, else one that does harm. Where nothing fails,
    the first that is written.
    """
    rules = rules_to_show(puzzle)
    found = [(rule, each) for rule in rules if (each := found_of(puzzle, rule)) is not None and each.case is not None]
    wrong = [rule for rule, each in found if each.is_wrong]
    return [*wrong, *(rule for rule, _ in found), *rules][0]


def call_to_show(puzzle: FunctionPuzzle, rule: Rule) -> Call:
    """The smallest call that goes wrong; where none does, one that shows what matters."""
    found = found_of(puzzle, rule)
    return Call(rule, an_example(rule.cases)) if found is None or found.case is None else found.case


def calls_of(puzzle: FunctionPuzzle, call: Call) -> Calls:
    """One call of the learner's function beside the reference, whatever comes of it."""
    rule = call.rule
    function = puzzle.functions.get(rule.name)
    if function is None or is_untouched(function):
        return _calls(puzzle, call, FunctionTrial(call, call.arguments), NOT_WRITTEN)
    found = recall(function)
    if found is not None and found.hangs and found.case.key == call.key:
        trial = FunctionTrial(call, call.arguments, hangs=True)  # no need to wait for it again
    else:
        try:
            trial = try_call(function.function, call, function.owner)
        except StillRunning:
            trial = FunctionTrial(call, call.arguments, hangs=True)
    return _calls(puzzle, call, trial, trial.mistake or trial.harm or "")


def _calls(puzzle: FunctionPuzzle, call: Call, trial: FunctionTrial, mistake: str) -> Calls:
    rule = call.rule
    expected, reason = trial.expectation
    was_right_to_raise = trial.error is not None and not mistake
    return Calls(
        title=f"puzzle {puzzle.number} · {puzzle.name}" + (f", {rule.name}" if len(puzzle.spec.rules) > 1 else ""),
        call=str(call),
        arguments=call.arguments,
        expected=expected if reason is None else rule.raises,
        given=rule.raises if was_right_to_raise else trial.returned,
        mistake=mistake,
        remark=rule.remark(call.arguments),
    )


def found_of(puzzle: FunctionPuzzle, rule: Rule, *, few_examples: bool = True) -> Found | None:
    """What the last check has found, or a search now, quick or as long as a check's; None for a stub."""
    function = puzzle.functions.get(rule.name)
    if function is None:
        return None
    found = recall(function)
    if found is not None or is_untouched(function):
        return found
    from minigrad.workbook.function_check import EXAMPLES, find

    try:
        with caught(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            find(rule, function, examples=FEW_EXAMPLES if few_examples else EXAMPLES)
    except StillRunning:
        pass  # the call is kept all the same
    return recall(function)
