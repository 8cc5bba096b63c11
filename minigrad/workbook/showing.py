"""What there is to see of a kernel: which case, and one recorded launch of it beside the reference.

The case is the one that the verdict names, if there is one; else an example that is small and shows what matters. How
it is drawn is for ``minigrad.draw``; plain functions are in ``showing_calls``.
"""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable, Mapping
from itertools import dropwhile
from types import FunctionType
from typing import Any

from minigrad.draw.run import Index, Run
from minigrad.simulator import OutOfTime, SimulatorError, Unsupported
from minigrad.workbook.cells import called
from minigrad.workbook.choosing import an_example
from minigrad.workbook.explain import SHOWN_CHARACTERS, describe_case
from minigrad.workbook.found import Found, keep, recall
from minigrad.workbook.printed import caught
from minigrad.workbook.puzzle import KernelPuzzle
from minigrad.workbook.reach import Reach
from minigrad.workbook.spec import Case
from minigrad.workbook.trial import Trial, expected_outputs, try_case
from minigrad.workbook.untouched import is_untouched
from minigrad.workbook.variants import Unusable, Variants

FEW_TURNS = 256
"""So many turns of an endless loop are enough to see it."""


def case_to_show(puzzle: KernelPuzzle) -> Case:
    """The case that the verdict names first; where nothing fails, an example that shows what matters."""
    found = found_of(puzzle)
    return an_example(puzzle.spec.cases) if found is None or found.case is None else found.case


def found_of(puzzle: KernelPuzzle, *, few_examples: bool = True) -> Found | None:
    """What the last check has found, or a search now, quick or as long as a check's; None for a stub."""
    found = recall(puzzle)
    if found is not None or is_untouched(puzzle):
        return found
    from minigrad.workbook.engine import find

    try:
        with caught(), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            find(puzzle, Variants(puzzle), few_examples=few_examples)
    except (Unsupported, OutOfTime, Unusable):
        pass  # the case is kept all the same
    except SimulatorError:
        keep(puzzle, None)
    return recall(puzzle)


def run_of(puzzle: KernelPuzzle, case: Case, variants: Variants | None = None) -> Run:
    """One recorded launch of the learner's kernel. Whatever the kernel does, it becomes a run, perhaps with ``error``.

    ``variants`` are the puzzle's, where they have been made already.
    """
    spec = puzzle.spec
    try:
        kernel = (variants or Variants(puzzle)).function(case)
    except Unusable as error:
        return _without_launch(puzzle, case, str(error), puzzle.function)
    try:
        trial = _recorded(puzzle, kernel, case)
    except SimulatorError as error:
        return _without_launch(puzzle, case, f"This launch cannot be shown: {error}.", kernel)
    own = {argument: name for name, argument in trial.names.items()}

    def named(values: Mapping[str, Any]) -> dict[str, Any]:
        return {own.get(name, name): value for name, value in values.items()}

    trace, raised = trial.trace, trial.error
    return Run(
        title=_title(puzzle),
        launch=describe_case(case),
        before=named(case.arguments),
        after=named(trial.arguments),
        outputs=tuple(own.get(name, name) for name in spec.outputs),
        unwritten=tuple(own.get(name, name) for name in spec.unwritten),
        expected=named(trial.expected),
        wrong=named(_wrong(trial)),
        spoilt=named(_spoilt(trial)),
        shapes={} if trace is None else {name: each for name, each in trace.shapes.items() if name not in trial.names},
        source=_source(kernel),
        trace=trace,
        file=_file(kernel),
        error="" if raised is None else _bounded(str(raised)),
        error_line=None if raised is None else raised.line,
        remark=spec.remark(case),
        loops=spec.target == "cpu",
    )


def _recorded(puzzle: KernelPuzzle, kernel: Callable[..., Any], case: Case) -> Trial:
    """A launch with a recording that is not too long: an endless loop is cut short, any other runs to its end."""
    spec = puzzle.spec
    trial = try_case(spec, kernel, case, record=True, most_turns=FEW_TURNS)
    found = recall(puzzle)
    known_to_hang = found is not None and found.hangs and found.case.key == case.key
    if not trial.hangs or known_to_hang or try_case(spec, kernel, case).hangs:
        return trial
    return try_case(spec, kernel, case, record=True)


def _wrong(trial: Trial) -> dict[str, tuple[Index, ...]]:
    """The cells of outputs that are not what they should be, those included that are no element's and were changed."""
    wrong: dict[str, dict[Index, None]] = {name: {} for name in trial.spec.outputs}
    for difference in trial.differences:
        wrong[difference.array][difference.index] = None
    for name, index in trial.strays:
        wrong[name][index] = None
    return {name: tuple(sorted(cells)) for name, cells in wrong.items()}


def _spoilt(trial: Trial) -> dict[str, tuple[Index, ...]]:
    """The cells of inputs that were changed, or written and put back."""
    cells: dict[str, list[Index]] = {}
    for name, index in trial.changed_inputs:
        cells.setdefault(name, []).append(index)
    written = trial.written_input
    if written is not None and written.index is not None and not cells:
        cells[trial.names[written.array]] = [written.index]
    return {name: tuple(indices) for name, indices in cells.items()}


def _without_launch(puzzle: KernelPuzzle, case: Case, error: str, function: Callable[..., Any]) -> Run:
    """What there is to see where there is no kernel, or none that can be run."""
    spec = puzzle.spec
    return Run(
        title=_title(puzzle),
        launch=describe_case(case),
        before=case.arguments,
        after=case.arguments,
        outputs=spec.outputs,
        unwritten=spec.unwritten,
        expected=expected_outputs(spec, case),
        wrong=dict.fromkeys(spec.outputs, ()),
        shapes={},
        source=_source(function),
        trace=None,
        file=_file(function),
        error=_bounded(error),
        remark=spec.remark(case),
        loops=spec.target == "cpu",
    )


def _title(puzzle: KernelPuzzle) -> str:
    return f"puzzle {puzzle.number} · {puzzle.name}"


def _bounded(text: str) -> str:
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}…"


def _source(function: Callable[..., Any]) -> dict[int, str]:
    """The lines of a function and of those in its file that it calls, by number, without their decorators."""
    function = inspect.unwrap(function)
    file = getattr(getattr(function, "__code__", None), "co_filename", "")
    found: dict[int, str] = {}
    for each in Reach(function).functions:
        if each.__code__.co_filename == file:
            found |= _lines(each)
    return dict(sorted(found.items()))


def _lines(function: FunctionType) -> dict[int, str]:
    try:
        lines, first = inspect.getsourcelines(function)
    except (OSError, TypeError):  # the source is gone
        return {}
    numbered = enumerate((line.rstrip("\n") for line in lines), first)
    return dict(dropwhile(lambda line: not line[1].lstrip().startswith(("def ", "async ")), numbered))


def _file(function: Callable[..., Any]) -> str:
    """What a learner calls the file."""
    code = getattr(inspect.unwrap(function), "__code__", None)
    return "" if code is None else called(code.co_filename)
