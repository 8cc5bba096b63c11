"""From plain functions to their verdict: ``correct`` and ``safe``, and what numba says where they have to compile.

Each function that the puzzle asks for is searched by itself, so that the verdict can say how each is standing; of a
class, each method. What does not apply to a plain function is left out of its verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack
from typing import Any

from minigrad.workbook import class_file, function_file
from minigrad.workbook.explain import place
from minigrad.workbook.found import keep
from minigrad.workbook.function_numba import WithNumba
from minigrad.workbook.function_trial import Call, FunctionTrial, StillRunning, try_call
from minigrad.workbook.puzzle import FunctionPuzzle
from minigrad.workbook.search import DEFAULT_SEED, Findings, search
from minigrad.workbook.spec import Rule
from minigrad.workbook.untouched import is_untouched
from minigrad.workbook.verdict import CHECKS, NEEDED, Check, FunctionStatus, Verdict

EXAMPLES = 200
"""Calls drawn to judge a function. They are quick."""

Found = Findings[FunctionTrial]


def check(puzzle: FunctionPuzzle, seed: int) -> Verdict:
    """The verdict on the functions of a puzzle."""
    spec = puzzle.spec
    if unfit := _of_another_kind(puzzle):
        return _verdict(puzzle, {}, status="error", message=unfit)
    written = {name: each for name, each in puzzle.functions.items() if not is_untouched(each)}
    if not written:
        return _verdict(puzzle, {}, status="not-started")
    rules = [rule for rule in spec.rules if rule.name in written]
    with ExitStack() as stack:
        with_numba = [
            stack.enter_context(WithNumba(rule, written[rule.name])) for rule in rules if rule.examples is not None
        ]
        try:
            found = {rule.name: find(rule, written[rule.name], seed) for rule in rules}
        except StillRunning as error:
            return _verdict(puzzle, {}, status="error", message=f"This function cannot be judged: {error}.")
        checks = {"correct": _correct(puzzle, found), "safe": _safe(puzzle, found)}
        if "compiles" in spec.checks:
            checks |= _what_numba_says(with_numba, all(check.status == "passed" for check in checks.values()))
    solved = all(checks[name].status != "failed" for name in NEEDED if name in checks)
    solved = solved and checks["correct"].status == "passed"
    functions = {rule.name: _standing(found.get(rule.name)) for rule in spec.rules} if len(spec.rules) > 1 else {}
    return _verdict(puzzle, checks, status="solved" if solved else "failed", functions=functions)


def _of_another_kind(puzzle: FunctionPuzzle) -> str | None:
    """Why an answer cannot be judged at all. A file has been asked already, a cell of a notebook has not."""
    asked = puzzle.spec.methods_of
    if asked:
        return class_file.of_another_kind(puzzle, asked, "your cell")
    return function_file.of_another_kind(puzzle, "your cell")


def find(rule: Rule, puzzle: FunctionPuzzle, seed: int = DEFAULT_SEED, examples: int = EXAMPLES) -> Found:
    """Search for what breaks a function, and keep with it which call the verdict names.

    Raises :class:`StillRunning`.
    """

    def attempt(call: Call) -> FunctionTrial:
        try:
            return try_call(puzzle.function, call, puzzle.owner)
        except StillRunning:
            keep(puzzle, call, is_wrong=True, hangs=True)
            raise

    findings = search(
        lambda: rule.cases().map(lambda arguments: Call(rule, arguments)), attempt, seed, examples=examples
    )
    named = findings.named
    if named is None:
        keep(puzzle, None)
    else:
        keep(puzzle, named.call, is_wrong=not named.is_correct, hangs=named.hangs)
    return findings


def _standing(found: Found | None) -> FunctionStatus:
    if found is None:
        return "not-started"
    return "failed" if found.smallest else "passed"


def _correct(puzzle: FunctionPuzzle, found: Mapping[str, Found]) -> Check:
    for each in found.values():
        if "correct" in each.smallest:
            return Check("failed", _wrong_result(each.smallest["correct"]))
    missing = [rule.name for rule in puzzle.spec.rules if rule.name not in found]
    if missing:
        return Check("failed", f"not written yet: {', '.join(missing)}")
    return Check("passed")


def _wrong_result(trial: FunctionTrial) -> str:
    """What the learner reads about a wrong result: the call, what came of it, the line if one is to blame."""
    kind = "no result" if trial.hangs else "error" if trial.raised else "wrong result"
    lines = [f"{kind}: {trial.call} {trial.mistake}"]
    where = place(trial.file, trial.line)
    lines += [f"  {where}"] if where else []
    remark = trial.call.rule.remark(trial.call.arguments)
    return "\n".join(lines) + (f"\n\n{remark}" if remark else "")


def _safe(puzzle: FunctionPuzzle, found: Mapping[str, Found]) -> Check:
    harm = [each.smallest["safe"].harm for each in found.values() if "safe" in each.smallest]
    if harm:
        return Check("failed", harm[0] or "")
    for name, each in found.items():
        if any(trial.raised for trial in each.trials):
            return Check("skipped", f"{name} raised an error")
    if len(found) < len(puzzle.spec.rules):
        return Check("skipped", "only once every function is written")
    return Check("passed")


def _what_numba_says(functions: Sequence[WithNumba], is_right: bool) -> dict[str, Check]:
    agrees = (each.agrees() for each in functions)
    return {
        "numba": _together(agrees) if is_right else Check("skipped", "only once it is correct and safe"),
        "compiles": _together(each.compiles() for each in functions),
    }


def _together(checks: Iterable[Check]) -> Check:
    """What the same check says of several functions: the worst of it."""
    found = sorted(checks, key=lambda check: ("failed", "skipped", "passed").index(check.status))
    return found[0] if found else Check("skipped", "only once it is written")


def _verdict(
    puzzle: FunctionPuzzle,
    checks: dict[str, Check],
    *,
    status: Any,
    message: str = "",
    functions: Mapping[str, FunctionStatus] | None = None,
) -> Verdict:
    ordered: dict[str, Check] = {name: checks[name] for name in CHECKS if name in checks}
    return Verdict(puzzle.name, puzzle.number, status, ordered, message, puzzle.path, functions or {})
