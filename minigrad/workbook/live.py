"""What ``puzzle.show()`` and ``puzzle.step()`` hand to ``minigrad.draw``: a run, the controls over it, and what they
make of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from minigrad.draw.run import Calls, Control, Run
from minigrad.workbook import showing_calls
from minigrad.workbook.controls import Controls
from minigrad.workbook.puzzle import FunctionPuzzle, KernelPuzzle, Puzzle
from minigrad.workbook.showing import case_to_show, found_of, run_of
from minigrad.workbook.showing_calls import call_to_show, calls_of, rule_to_show, rules_to_show
from minigrad.workbook.variants import Variants

FUNCTION = "function"
"""The control that chooses among several functions."""


class NoThreads(Exception):
    """There are no threads to step through. The message, a sentence, says why and what there is instead."""


R = TypeVar("R", bound=Run | Calls)


@dataclass(frozen=True)
class Live(Generic[R]):
    """A run to look at, what a reader may change of it, and the run that comes of it.

    ``rerun`` takes a choice for each control by its name; a control that is left out stays where it starts.
    """

    run: R
    controls: tuple[Control, ...]
    rerun: Callable[..., R]


def live(puzzle: Puzzle, *, thorough: bool = False) -> Live[Run] | Live[Calls]:
    """What there is to see of a puzzle's answer. It never raises for what the answer does.

    Where no check came before, mistakes are searched for: quickly, so that a rare one may be missed, or, if
    ``thorough``, as long as a check does.
    """
    if isinstance(puzzle, FunctionPuzzle):
        if thorough:
            for rule in rules_to_show(puzzle):
                showing_calls.found_of(puzzle, rule, few_examples=False)
        return _live_functions(puzzle)
    assert isinstance(puzzle, KernelPuzzle)
    if thorough:
        found_of(puzzle, few_examples=False)
    return _live_kernel(puzzle)


def live_threads(puzzle: Puzzle) -> Live[Run]:
    """The same, of a kernel. Raises :class:`NoThreads` for a plain function."""
    if not isinstance(puzzle, KernelPuzzle):
        raise NoThreads(f"a plain function has no threads to step through; minigrad show {puzzle.name} shows a call")
    return _live_kernel(puzzle)


def _live_kernel(puzzle: KernelPuzzle) -> Live[Run]:
    case, variants = case_to_show(puzzle), Variants(puzzle)
    controls = Controls(puzzle.spec.cases, case, case.entries)

    def rerun(**choices: Any) -> Run:
        return run_of(puzzle, controls.case(choices), variants)

    return Live(run_of(puzzle, case, variants), tuple(controls.all), rerun)


def _live_functions(puzzle: FunctionPuzzle) -> Live[Calls]:
    rules, shown = rules_to_show(puzzle), rule_to_show(puzzle)
    calls = {rule.name: call_to_show(puzzle, rule) for rule in rules}
    controls = {
        rule.name: Controls(rule.cases, call.arguments, getattr(call.arguments, "entries", None))
        for rule, call in zip(rules, calls.values(), strict=True)
    }

    def rerun(**choices: Any) -> Calls:
        name = choices.get(FUNCTION, shown.name)
        return calls_of(puzzle, replace(calls[name], arguments=controls[name].case(choices)))

    return Live(calls_of(puzzle, calls[shown.name]), _together(controls, shown.name), rerun)


def _together(controls: Mapping[str, Controls], shown: str) -> tuple[Control, ...]:
    """The controls of several functions: what has the same name is one control, with the choices of all."""
    if len(controls) == 1:
        return tuple(controls[shown].all)
    found: dict[str, Control] = {control.name: control for control in controls[shown].all}
    for each in controls.values():
        for control in each.all:
            known = found.setdefault(control.name, control)
            found[control.name] = replace(known, choices=_merged(known.choices, control.choices))
    return (Control(FUNCTION, tuple(controls), shown), *found.values())


def _merged(some: Sequence[Any], more: Sequence[Any]) -> tuple[Any, ...]:
    """All of both, each once; numbers by size."""
    merged = tuple(dict.fromkeys((*some, *more)))
    return tuple(sorted(merged)) if all(isinstance(choice, int | float) for choice in merged) else merged
