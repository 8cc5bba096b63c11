"""pytest runs puzzles: ``pytest puzzles/ -k puzzle3``. A puzzle file is up to five tests that share one verdict.

Collecting imports no puzzle file. The first of a file's tests to run asks for the verdict, and each shows its
own check. A puzzle is green when it is solved; a third star that is missing is an expected failure (``x``),
which ``--runxfail`` turns into a real one.

This module is loaded in every pytest run of an environment in which the package is installed, so it imports
nothing heavy, and does nothing at all where there are no puzzles.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import uuid
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, cast

import pytest

from minigrad.workbook.selection import exact, keywords
from minigrad.workbook.tree import is_ours, puzzle_file
from minigrad.workbook.verdict import CHECKS, NEEDED

if TYPE_CHECKING:
    from minigrad.workbook.verdict import Verdict

SHARED = "minigrad_verdicts"
"""What an xdist worker is told under this name: the folder in which the workers share their verdicts."""

_shared = pytest.StashKey[str]()


class CheckFailed(Exception):
    """A check of a puzzle failed; the text is all that is shown."""


class PuzzleTests(pytest.File):
    """The tests of one puzzle file."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        file = puzzle_file(self.path)
        assert file is not None
        self.file = file
        self._outcome: tuple[Verdict, str] | BaseException | None = None
        if hasattr(self.config, "workerinput"):
            self.add_marker(pytest.mark.xdist_group(file.test_name))  # so that --dist loadgroup keeps them together

    def collect(self) -> Iterator[pytest.Item]:
        for check in self._checks():
            yield PuzzleCheck.from_parent(self, name=f"{self.file.test_name}[{check}]", check=check)

    def _checks(self) -> tuple[str, ...]:
        """Those that the puzzle has; all of them for a file that is for none that is known."""
        from minigrad.workbook.checks import spec_for

        spec = spec_for(self.file)
        return spec.checks if spec else CHECKS

    def judgement(self) -> tuple[Verdict, str]:
        """The verdict, and what the learner's code printed; computed when it is first asked for."""
        if self._outcome is None:
            try:
                self._outcome = self._judge()
            except Exception as error:  # a fault of ours: the same for each check, and not worth another try
                self._outcome = error
        if isinstance(self._outcome, BaseException):
            raise self._outcome
        return self._outcome

    def _judge(self) -> tuple[Verdict, str]:
        from minigrad.workbook.judge import judge
        from minigrad.workbook.once import once

        catch = self.config.getoption("capture", "fd") != "no"
        folder = getattr(self.config, "workerinput", {}).get(SHARED)
        return once(Path(folder) if folder else None, self.path, lambda path: judge(path, catch))

    def selected(self) -> list[str]:
        """The checks that this run shows, in their order."""
        mine = (item for item in self.session.items if item.parent is self)
        checks = {item.check for item in mine if isinstance(item, PuzzleCheck)}
        return [name for name in CHECKS if name in checks]


class PuzzleCheck(pytest.Item):
    """One check of a puzzle."""

    def __init__(self, *, check: str, **given: Any) -> None:
        super().__init__(**given)
        self.check = check
        self.tests = cast(PuzzleTests, self.parent)
        self.extra_keyword_matches.update(keywords(self.tests.file, check))

    def runtest(self) -> None:
        from minigrad.workbook.terminal import full_text, indented, message

        verdict, printed = self.tests.judgement()
        leads = self.check == _leader(verdict, self.tests.selected())
        if printed and leads:
            self.add_report_section("call", "stdout", printed)
        if verdict.status in ("not-started", "error"):
            if leads:
                raise CheckFailed(full_text(verdict))
            _skip("not started" if verdict.status == "not-started" else "the file cannot be used")
        check = verdict.checks.get(self.check)
        if check is None or check.status == "skipped":
            _skip((check and check.message) or "not checked")
        if check.status == "failed":
            text = message(verdict, self.check)
            if self.check not in NEEDED:
                pytest.xfail(" ".join(text.split()))  # returns only under --runxfail
            raise CheckFailed(full_text(verdict, only=self.check) if leads else indented(text))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, CheckFailed):
            return str(excinfo.value)
        return super().repr_failure(excinfo)

    def reportinfo(self) -> tuple[os.PathLike[str] | str, int | None, str]:
        return self.path, 0, self.name


def _leader(verdict: Verdict, selected: list[str]) -> str:
    """The check that tells the whole story, of those that this run shows: the first that stands in the way."""
    failed = [name for name in selected if name in verdict.checks and verdict.checks[name].status == "failed"]
    return next((name for name in failed if name in NEEDED), (failed or selected)[0])


def _skip(reason: str) -> NoReturn:
    reason = " ".join(reason.split())
    try:
        raise pytest.skip.Exception(reason, _use_item_location=True)
    except TypeError:  # a pytest that has given up this argument
        raise pytest.skip.Exception(reason) from None


# Finding and choosing


@pytest.hookimpl(hookwrapper=True)
def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Generator[None, Any, None]:
    """A puzzle file is collected by us alone, and by neither pytest's own collector nor its doctests."""
    outcome = yield
    if is_ours(file_path):
        others = [each for each in outcome.get_result() if not isinstance(each, pytest.Module)]
        outcome.force_result([*others, PuzzleTests.from_parent(parent, path=file_path)])


@pytest.hookimpl(hookwrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Generator[None, Any, None]:
    """Put puzzles in their order, and make ``-k`` exact for them while pytest chooses."""
    _into_reading_order(items)
    written = config.option.keyword
    names = {item.tests.file.name.lower() for item in items if isinstance(item, PuzzleCheck)}
    if names and written and _is_expression(written):
        config.option.keyword = exact(written, names)
    yield
    config.option.keyword = written


def _into_reading_order(items: list[pytest.Item]) -> None:
    """Sort puzzles by number within each workbook, since part10 comes before part1 in a folder; nothing else
    moves.
    """
    ours = [item for item in items if isinstance(item, PuzzleCheck)]
    trees: dict[Path, int] = {}
    for item in ours:
        trees.setdefault(item.path.parent.parent, len(trees))
    ordered = iter(sorted(ours, key=lambda item: (trees[item.path.parent.parent], item.tests.file.number)))
    items[:] = [next(ordered) if isinstance(item, PuzzleCheck) else item for item in items]


def _is_expression(written: str) -> bool:
    """False if pytest will complain about it, so that it complains about what the user wrote."""
    try:
        from _pytest.mark.expression import Expression
    except ImportError:
        return True
    try:
        Expression.compile(written)
    except Exception:
        return False
    return True


# Several workers


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell an xdist worker on this machine where to share verdicts with the others."""
    with contextlib.suppress(AttributeError):
        config, machine = node.config, node.gateway.spec
        if machine.popen and not machine.python and config.option.dist != "each":
            folder = os.path.join(tempfile.gettempdir(), f"minigrad-{uuid.uuid4().hex}")
            node.workerinput[SHARED] = config.stash.setdefault(_shared, folder)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove what the workers shared."""
    folder = config.stash.get(_shared, None)
    if folder:
        shutil.rmtree(folder, ignore_errors=True)


# Telling


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: Any) -> Generator[None, Any, None]:
    """Let a report carry what the summary says about its puzzle, also from a worker to the main process."""
    outcome = yield
    if isinstance(item, PuzzleCheck) and call.when == "call":
        from minigrad.workbook.summary import told_of

        outcome.get_result().minigrad = told_of(item.tests, item.check)


def pytest_configure(config: pytest.Config) -> None:
    """The process that talks to the user sums up."""
    if not hasattr(config, "workerinput"):
        from minigrad.workbook.summary import Summary

        config.pluginmanager.register(Summary(config), "minigrad-summary")
