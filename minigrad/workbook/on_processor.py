"""``compiles`` and ``numba`` for a kernel for the processor: numba itself compiles it, and runs a few small cases.

That is done in a process of its own (``processor``), while the search goes on here. The cases are given by the
specification, since a kernel is compiled for what it will be called with. They run only once the search has found the
kernel to be correct and safe.
"""

from __future__ import annotations

from types import TracebackType

import numpy as np

from minigrad.workbook import explain
from minigrad.workbook.cells import pieces
from minigrad.workbook.processor import Pending, Request, submit
from minigrad.workbook.puzzle import KernelPuzzle
from minigrad.workbook.spec import Case
from minigrad.workbook.trial import differing, expected_outputs
from minigrad.workbook.verdict import Check


class OnProcessor:
    """A kernel on its way through numba; to be used in a ``with`` statement."""

    def __init__(self, puzzle: KernelPuzzle) -> None:
        self._spec = puzzle.spec
        self._cases = tuple(puzzle.spec.examples())
        self._file = puzzle.function.__code__.co_filename
        self._pending = self._submitted(puzzle)

    def __enter__(self) -> OnProcessor:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if self._pending:
            self._pending.close()

    def compiles(self) -> Check:
        """Whether numba accepts the kernel."""
        if self._pending is None:
            return Check("skipped", "the kernel's source cannot be found, so it was not compiled")
        report = self._pending.compiled()
        return Check(
            report.status, f"does not compile: {report.message}" if report.status == "failed" else report.message
        )

    def agrees(self) -> Check:
        """Whether the compiled kernel computes what the reference says."""
        if self._pending is None or self._pending.compiled().status != "passed":
            return Check("skipped", "only once the kernel compiles")
        report = self._pending.run()
        if report.status != "passed":
            place = explain.place(self._file, report.line)
            return Check(report.status, "\n  ".join(filter(None, [f"numba says: {report.message}", place])))
        for case, result in zip(self._cases, report.results, strict=True):
            left = dict(zip(case.arguments, result.arguments, strict=True))
            expected = expected_outputs(self._spec, case)
            belong = self._spec.elements(case) if self._spec.elements else {}
            for name in expected:
                wrong = differing(left[name], expected[name], self._spec.tolerance)
                for index in wrong:
                    if name not in belong or belong[name][index]:
                        given, wanted = (explain.number(each[name][index]) for each in (left, expected))
                        what = f"compiled by numba, {explain.element(name, index)} is {given}, expected {wanted}"
                        return Check("failed", f"{what}\n  with {explain.describe_case(case)}")
        return Check("passed")

    def _submitted(self, puzzle: KernelPuzzle) -> Pending | None:
        try:
            *before, (source, file) = pieces(puzzle.function)
        except OSError:
            return None
        return submit(
            Request(
                source,
                file,
                puzzle.name,
                next(iter(puzzle.spec.scalars), ""),
                [_arguments(case) for case in self._cases],
                makes=puzzle.spec.makes_kernel,
                before=tuple(before),
            )
        )


def _arguments(case: Case) -> list[object]:
    return [value.copy() if isinstance(value, np.ndarray) else value for value in case.arguments.values()]
