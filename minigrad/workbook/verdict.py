"""The answer to "is my kernel right?": five checks, computed once, shown one by one.

A :class:`Verdict` is plain data. How it is reached stands in ``engine``, how it reads in ``terminal``;
here is what it holds, and the JSON object that other tools get.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Self, get_args

CHECKS = ("correct", "safe", "efficient", "numba", "compiles")
"""Names of the checks, in the order in which they are shown."""

NEEDED = ("correct", "safe", "numba", "compiles")
"""The checks that must hold for a puzzle to be solved: all but ``efficient``."""

CheckStatus = Literal["passed", "failed", "skipped"]
FunctionStatus = Literal["passed", "failed", "not-started"]
Status = Literal["solved", "failed", "not-started", "error"]
CHECK_STATUSES: tuple[CheckStatus, ...] = get_args(CheckStatus)
FUNCTION_STATUSES: tuple[FunctionStatus, ...] = get_args(FunctionStatus)
STATUSES: tuple[Status, ...] = get_args(Status)


@dataclass(frozen=True)
class Check:
    """One check: how it went, and in plain words why.

    ``message`` is empty for a plain pass; for a failure it is what the learner reads; for a skip, the reason.
    ``faults`` are JSON-ready objects, only for ``safe``.
    """

    status: CheckStatus
    message: str = ""
    faults: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Verdict:
    """What a puzzle file got.

    ``message`` is the whole story for ``error`` and ``not-started``, where there are no checks to show.
    ``number`` is None only for a file that cannot be used and whose name does not say which puzzle it is. Where a
    puzzle asks for several functions, ``functions`` says how each is standing.
    """

    puzzle: str
    number: int | None
    status: Status
    checks: Mapping[str, Check] = field(default_factory=dict)
    message: str = ""
    path: Path | None = None
    functions: Mapping[str, FunctionStatus] = field(default_factory=dict)

    def __str__(self) -> str:
        from minigrad.workbook.display import text_of

        return text_of(self)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        from minigrad.workbook.display import shown

        return shown(str(self))

    @property
    def stars(self) -> int:
        """One star for ``correct``, one for ``safe``, one for ``efficient``; each needs the one before.

        A check that the puzzle does not have is earned with the one before it.
        """
        earned = 0
        for name in ("correct", "safe", "efficient") if self.checks else ():
            if name in self.checks and self.checks[name].status != "passed":
                break
            earned += 1
        return earned

    @property
    def solved(self) -> bool:
        """Whether all but ``efficient`` hold (a skipped check does not stand in the way)."""
        return self.status == "solved"

    def to_json(self) -> dict[str, Any]:
        """The object that ``minigrad check --json`` prints."""
        checks: dict[str, Any] = {}
        for name, check in self.checks.items():
            checks[name] = {"status": check.status, "message": check.message}
            if name == "safe":
                checks[name]["faults"] = [dict(fault) for fault in check.faults]
        return {
            "puzzle": self.puzzle,
            "number": self.number,
            "status": self.status,
            "stars": self.stars,
            "message": self.message,
            "checks": checks,
            **({"functions": dict(self.functions)} if self.functions else {}),
        }

    @classmethod
    def from_json(cls, given: Mapping[str, Any], path: Path | None = None) -> Self:
        """The verdict that ``given`` was made of by :meth:`to_json`.

        Raises KeyError, TypeError, ValueError or AttributeError if it was not.
        """
        checks: dict[str, Check] = {}
        for name, check in given["checks"].items():
            if name not in CHECKS or check["status"] not in CHECK_STATUSES:
                raise ValueError(f"not a check: {name!r}")
            checks[name] = Check(check["status"], str(check["message"]), tuple(check.get("faults", ())))
        if given["status"] not in STATUSES:
            raise ValueError(f"not a verdict's status: {given['status']!r}")
        functions = dict(given.get("functions", {}))
        if not set(functions.values()) <= set(FUNCTION_STATUSES):
            raise ValueError(f"not what becomes of functions: {functions!r}")
        name, message = str(given["puzzle"]), str(given["message"])
        return cls(name, given["number"], given["status"], checks, message, path, functions)
