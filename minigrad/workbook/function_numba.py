"""``compiles`` and ``numba`` for plain functions that have to compile: numba itself compiles and calls them.

That is done in a process of its own (``processor``) while the search goes on here. The calls are the specification's
examples; they are made only once the search has found nothing wrong.
"""

from __future__ import annotations

import copy
from types import TracebackType

from minigrad.workbook.cells import pieces
from minigrad.workbook.explain import place
from minigrad.workbook.function_trial import Call, FunctionTrial
from minigrad.workbook.processor import Pending, Report, Request, submit
from minigrad.workbook.puzzle import FunctionPuzzle
from minigrad.workbook.spec import Rule
from minigrad.workbook.verdict import Check


class WithNumba:
    """A function on its way through numba; to be used in a ``with`` statement."""

    def __init__(self, rule: Rule, puzzle: FunctionPuzzle) -> None:
        self._calls = [Call(rule, arguments) for arguments in (rule.examples or tuple)()]
        self._file = puzzle.function.__code__.co_filename
        self._pending = self._submitted(puzzle)

    def __enter__(self) -> WithNumba:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if self._pending:
            self._pending.close()

    def compiles(self) -> Check:
        """Whether numba accepts the function."""
        if self._pending is None:
            return Check("skipped", "the function's source cannot be found, so it was not compiled")
        report = self._pending.compiled()
        return self._said(report, f"does not compile: {report.message}")

    def agrees(self) -> Check:
        """Whether the compiled function does what the reference does."""
        if self._pending is None or self._pending.compiled().status != "passed":
            return Check("skipped", "only once the function compiles")
        report = self._pending.run()
        if report.status != "passed":
            return self._said(report, f"numba says: {report.message}")
        for call, result in zip(self._calls, report.results, strict=True):
            after = dict(zip(call.arguments, result.arguments, strict=True))
            trial = FunctionTrial(call, after, result.value)
            wrong = f"{call} {trial.mistake}" if trial.mistake else trial.harm
            if wrong:
                return Check("failed", f"compiled by numba, {wrong}")
        return Check("passed")

    def _said(self, report: Report, failure: str) -> Check:
        if report.status != "failed":
            return Check(report.status, report.message)
        where = place(self._file, report.line)
        return Check("failed", f"{failure}\n  {where}" if where else failure)

    def _submitted(self, puzzle: FunctionPuzzle) -> Pending | None:
        try:
            *before, (source, file) = pieces(puzzle.function)
        except OSError:
            return None
        calls = [[copy.deepcopy(value) for value in call.arguments.values()] for call in self._calls]
        return submit(Request(source, file, puzzle.function.__name__, calls=calls, before=tuple(before)))
