"""What a pytest run says at its end about the puzzles in it: their stars, and which comes next."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from minigrad.workbook.tree import PUZZLES, PuzzleFile, nearby, puzzle_file, puzzle_files

if TYPE_CHECKING:
    from minigrad.workbook.pytest_plugin import PuzzleTests

FEW = 4
"""Up to so many puzzles get a line each; more are counted."""

WORDS = {"solved": "solved", "failed": "failing", "not-started": "not started", "error": "unusable"}


def told_of(tests: PuzzleTests, check: str) -> dict[str, Any] | None:
    """What a check's report tells of its puzzle, as plain values; None if there is no verdict."""
    from minigrad.workbook.terminal import message, messages, stars

    try:
        verdict, _ = tests.judgement()
    except Exception:
        return None
    text = message(verdict, check) if check in verdict.checks else verdict.message
    return {
        "path": str(tests.path),
        "title": tests.file.title,
        "status": verdict.status,
        "stars": stars(verdict),
        "first_words": text.strip().split("\n")[0],
        "notes": messages(verdict) if verdict.solved else [],
    }


class _Told:
    """The text of a failed check, with its first words where pytest's short summary looks for them."""

    class Crash:
        def __init__(self, message: str) -> None:
            self.message = message

        def __str__(self) -> str:
            return self.message

    def __init__(self, text: str, message: str) -> None:
        self.text = text
        self.reprcrash = self.Crash(message)

    def __str__(self) -> str:
        return self.text

    def toterminal(self, terminal: Any) -> None:
        """Write the text as it stands."""
        terminal.line(self.text)


class Summary:
    """Collects what the reports say, in the process that talks to the user."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._told: dict[str, dict[str, Any]] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        told = getattr(report, "minigrad", None)
        if told is None:
            return
        self._told[told["path"]] = told
        if isinstance(report.longrepr, str):
            told_text = _Told(self._fit(report.longrepr), self._fit(told["first_words"]))
            report.longrepr = cast(Any, told_text)

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """The lines before pytest's own last lines; left out with ``-qq``."""
        if self._told and self._config.getoption("verbose") > -2:
            terminalreporter.write_sep("=", "puzzles")
            for line in self._lines():
                terminalreporter.write_line(self._fit(line))

    def _lines(self) -> list[str]:
        puzzles = [self._told[path] for path in sorted(self._told, key=_reading_order)]
        lines: list[str] = []
        if len(puzzles) <= FEW:
            for told in puzzles:
                lines.append(_line(told))
                lines += [f"  {line}".rstrip() for note in told["notes"] for line in note.split("\n")]
        else:
            counts = Counter(told["status"] for told in puzzles)
            several = (f"{counts[status]} {word}" for status, word in WORDS.items() if counts[status])
            lines.append(f"{len(puzzles)} puzzles: {', '.join(several)}")
            lines += [_line(told) for told in puzzles if told["status"] == "solved" and "☆" in told["stars"]]
        following = self._following(puzzles)
        return [*lines, f"next: {following.title}, in {nearby(following.path)}"] if following else lines

    def _following(self, puzzles: list[dict[str, Any]]) -> PuzzleFile | None:
        """The puzzle to go on with: the first unsolved one in this run, else the one after the last."""
        for told in puzzles:
            if told["status"] != "solved":
                return puzzle_file(Path(told["path"])) if len(puzzles) > 1 else None
        last = puzzle_file(Path(puzzles[-1]["path"]))
        if last is None or last.path.parent.parent.name != PUZZLES:
            return None
        later = (file for file in puzzle_files(last.path.parent.parent) if file.number > last.number)
        return next(later, None)

    def _fit(self, text: str) -> str:
        from minigrad.workbook.terminal import fit

        if not self._config.pluginmanager.hasplugin("terminalreporter"):
            return text
        file = getattr(self._config.get_terminal_writer(), "_file", None)
        return fit(text, getattr(file, "encoding", None))


def _reading_order(path: str) -> tuple[int, str]:
    file = puzzle_file(Path(path))
    return (file.number if file else 0, path)


def _line(told: dict[str, Any]) -> str:
    stars = f" {told['stars']}" if told["status"] in ("solved", "failed") else ""
    word = "" if told["status"] == "solved" else f"  {WORDS[told['status']]}"
    return f"{told['title']}{stars}{word}"
