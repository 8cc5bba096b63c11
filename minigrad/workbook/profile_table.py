"""A kernel's profile as a table by line of source: ``puzzle.profile()`` and ``minigrad check --profile``.

What is counted, and how, stands in ``minigrad.simulator.profile``. Here it gets its words: which launch it was, what
the busiest thread did, and what the puzzle's budget allows.
"""

from __future__ import annotations

import os
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from minigrad.simulator import Counters, Line, OutOfTime, Profile, TraceTooLarge, Unsupported
from minigrad.workbook.explain import describe_case
from minigrad.workbook.printed import caught
from minigrad.workbook.spec import Budget
from minigrad.workbook.trial import Trial, try_case
from minigrad.workbook.variants import Unusable, Variants

if TYPE_CHECKING:
    from minigrad.workbook.puzzle import KernelPuzzle
    from minigrad.workbook.verdict import Verdict

WIDTH = 80
"""How wide a table is where nobody says."""

NARROWEST_SOURCE = 20
"""Where less room would be left for a line of source that needs more, it gets a line of its own above its numbers."""


class _Column(NamedTuple):
    name: str
    heading: str
    one: str


_COLUMNS = (
    _Column("reads", "reads", "read"),
    _Column("writes", "writes", "write"),
    _Column("atomics", "atomics", "atomic operation"),
    _Column("sectors", "sectors", "sector"),
    _Column("shared_reads", "shared reads", "shared read"),
    _Column("shared_writes", "shared writes", "shared write"),
    _Column("shared_atomics", "shared atomics", "shared atomic operation"),
    _Column("bank_conflicts", "bank con- flicts", "bank conflict"),
    _Column("divergent_branches", "diver- gent", "divergent branch"),
    _Column("barriers", "bar- riers", "barrier"),
)
"""The words of a heading stand one above the other."""


class _Row(NamedTuple):
    """A line of source, or a summary: its words may take several lines, a line of source never does."""

    line: str
    text: str
    numbers: Mapping[str, int]
    is_summary: bool = False


class Summary(NamedTuple):
    """A row below the lines: what it is, its numbers by column, and the budget's limits by column."""

    what: str
    numbers: Mapping[str, int]
    limits: Mapping[str, int]

    @property
    def text(self) -> str:
        """For example ``in all; budget: 1280 sectors``."""
        told = []
        for column in _COLUMNS:
            limit = self.limits.get(column.name)
            if limit is not None:
                over = " (exceeded)" if self.numbers[column.name] > limit else ""
                told.append(f"{limit} {_of(column.one, limit)}{over}")
        return f"{self.what}; budget: {', '.join(told)}" if told else self.what


@dataclass(frozen=True)
class ProfileTable:
    """The profile of a puzzle's kernel at its profile launch; printed, it is a table.

    ``note`` says what is to be known beforehand: that the kernel is not right yet, or why there is no profile.
    """

    puzzle: str
    at: str
    note: str = ""
    profile: Profile | None = None
    summaries: tuple[Summary, ...] = ()
    file: str = field(default="", repr=False)

    def to_json(self) -> dict[str, Any]:
        """The object that ``minigrad check --json --profile`` prints under ``profile``."""
        return {
            "at": self.at,
            "note": self.note,
            "lines": [_numbers_of_line(line) for line in self.profile.lines] if self.profile else [],
            "summary": [
                {"what": each.what, "numbers": dict(each.numbers), "budget": dict(each.limits)}
                for each in self.summaries
            ],
        }

    def text(self, width: int | None = None) -> str:
        """All but the puzzle's name; no line is wider than ``width``, if that is not unreasonably narrow."""
        width = width or WIDTH
        paragraphs = [_wrapped(self.at, width)]
        if self.note:
            paragraphs.append(_wrapped(self.note, width))
        if self.profile is not None:
            paragraphs.append(_table(self.profile, self.summaries, self.file, width))
        return "\n\n".join(paragraphs)

    def __str__(self) -> str:
        return f"{self.puzzle}\n\n{self.text()}"

    def __repr__(self) -> str:
        return str(self)


def profile(puzzle: KernelPuzzle) -> ProfileTable:
    """Run a kernel once, at its profile launch, and say what it does, line by line."""
    case = puzzle.spec.profile()
    title, at = f"puzzle {puzzle.number} · {puzzle.name}", f"profile at {describe_case(case)}"
    try:
        trial = try_case(puzzle.spec, Variants(puzzle).function(case), case, record=True)
    except (Unsupported, OutOfTime, TraceTooLarge) as error:
        return ProfileTable(title, at, f"There is no profile: {error}.")
    except Unusable as error:
        return ProfileTable(title, at, f"There is no profile. {error}")
    if trial.trace is None:
        return ProfileTable(title, at, f"There is no profile: {trial.error}.")
    summaries = _summaries(trial.trace.counters, trial.trace.profile.total, puzzle.spec.budget, trial)
    file = puzzle.function.__code__.co_filename
    return ProfileTable(title, at, _note(trial), trial.trace.profile, summaries, file)


def profile_of_file(path: Path, verdict: Verdict) -> ProfileTable | None:
    """The profile of a puzzle file's kernel; None if the file holds none, or one that is still a stub.

    A kernel may be right at the profile launch and wrong at others, as the verdict knows. What it prints is kept from
    the terminal.
    """
    from minigrad.workbook.load import LoadError, load
    from minigrad.workbook.puzzle import KernelPuzzle
    from minigrad.workbook.untouched import is_untouched

    try:
        puzzle = load(path)
    except LoadError:
        return None
    if not isinstance(puzzle, KernelPuzzle) or is_untouched(puzzle):
        return None
    with caught():
        table = profile(puzzle)
    failed = [
        name for name in ("correct", "safe") if name in verdict.checks and verdict.checks[name].status == "failed"
    ]
    return table if table.note else replace(table, note=_not_yet(failed))


def _note(trial: Trial) -> str:
    """A word about a kernel that is not right, so that nobody tunes it."""
    if trial.hangs:
        return "The kernel does not come to its end. This is what it did until it was stopped."
    return _not_yet([word for word, holds in (("correct", trial.is_correct), ("safe", trial.is_safe)) if not holds])


def _not_yet(missing: list[str]) -> str:
    if not missing:
        return ""
    words = f"neither {' nor '.join(missing)}" if len(missing) > 1 else f"not {missing[0]}"
    return f"The kernel is {words} yet. This is what it does as it is."


def _summaries(counters: Counters, total: Line, budget: Budget, trial: Trial) -> tuple[Summary, ...]:
    """What all threads did together, and the busiest block and thread where the budget speaks of them."""
    in_all = {column.name: getattr(total, column.name) for column in _COLUMNS}
    by_thread = {
        "reads": counters.global_reads,
        "writes": counters.global_writes,
        "atomics": counters.global_atomics,
        "shared_reads": counters.shared_reads,
        "shared_writes": counters.shared_writes,
        "shared_atomics": counters.shared_atomics,
        "barriers": counters.barriers,
    }
    by_block = {name: by_thread[name].sum(axis=1) for name in ("reads", "atomics")}
    on_cpu = trial.spec.target == "cpu"
    summaries = [
        Summary(
            "in all",
            in_all,
            _given(
                reads=budget.total_reads,
                writes=budget.total_writes,
                sectors=budget.sectors,
                bank_conflicts=budget.bank_conflicts,
                divergent_branches=budget.divergent_branches,
            ),
        ),
        Summary(
            "the busiest block",
            {name: int(count.max()) for name, count in by_block.items()},
            _given(reads=budget.block_reads, atomics=budget.block_atomics),
        ),
        Summary(
            "the busiest iteration" if on_cpu else "the busiest thread",
            {name: int(count.max()) for name, count in by_thread.items()},
            _given(
                reads=budget.reads,
                writes=budget.writes,
                atomics=budget.atomics,
                shared_reads=budget.shared_reads,
                shared_writes=budget.shared_writes,
                barriers=budget.barriers,
            ),
        ),
    ]
    return tuple(each for each in summaries if each.what == "in all" or each.limits)


def _given(**limits: int | None) -> dict[str, int]:
    return {name: limit for name, limit in limits.items() if limit is not None}


def _numbers(line: Line) -> dict[str, int]:
    return {column.name: getattr(line, column.name) for column in _COLUMNS}


def _numbers_of_line(line: Line) -> dict[str, Any]:
    return {**asdict(line), "file": os.path.basename(line.file), "sectors": line.sectors}


def _source(line: Line, file: str) -> str:
    return line.source if line.file == file else f"{os.path.basename(line.file)}: {line.source}"


def _of(thing: str, count: int) -> str:
    if count == 1:
        return thing
    return f"{thing}es" if thing.endswith("ch") else f"{thing}s"


# Laying out


def _table(profile: Profile, summaries: Iterable[Summary], file: str, width: int) -> str:
    rows = [_Row(str(line.line), _source(line, file), _numbers(line)) for line in profile.lines]
    sums = [_Row("", each.text, each.numbers, is_summary=True) for each in summaries]
    if not rows:
        return "  No thread touches memory, waits at a barrier or parts from its warp."
    columns = [column for column in _COLUMNS if any(row.numbers.get(column.name) for row in rows)]
    sizes = [
        max(len(word) for word in (*column.heading.split(), *(_cell(row, column) for row in (*rows, *sums))))
        for column in columns
    ]
    number = max(len("line"), *(len(row.line) for row in rows))
    left = "  {:>" + str(number) + "}"
    begin = len(left.format("")) + sum(1 + size for size in sizes) + 2
    room = width - begin
    beside = room >= min(NARROWEST_SOURCE, max(len(row.text) for row in rows))

    def joined(line: str, cells: Iterable[str], text: str = "") -> str:
        words = [cell.rjust(size) for cell, size in zip(cells, sizes, strict=True)]
        return f"{' '.join([left.format(line), *words])}  {text}".rstrip()

    def laid_out(row: _Row) -> list[str]:
        cells = [_cell(row, column) for column in columns]
        if beside:
            first, *more = _fitted(row, room)
            return [joined(row.line, cells, first), *(" " * begin + each for each in more)]
        above = left.format(row.line) + "  "
        words = [f"{above if at == 0 else ' ' * len(above)}{each}" for at, each in enumerate(_fitted(row, width - 8))]
        return [*words, joined("", cells)]

    headings = [column.heading.split() for column in columns]
    lines = [joined("", [_from_below(words, at) for words in headings]) for at in range(max(map(len, headings)), 1, -1)]
    lines.append(joined("line", [words[-1] for words in headings], "source" if beside else ""))
    rule = "  " + "-" * (len(lines[-1]) - 2)
    return "\n".join([*lines, *chain(*map(laid_out, rows)), rule, *chain(*map(laid_out, sums))])


def _from_below(words: list[str], at: int) -> str:
    return words[-at] if at <= len(words) else ""


def _fitted(row: _Row, room: int) -> list[str]:
    """The row's words in lines that fit."""
    room = max(room, 12)
    if row.is_summary:
        return textwrap.wrap(row.text, room)
    return [row.text if len(row.text) <= room else f"{row.text[: room - 3].rstrip()}..."]


def _cell(row: _Row, column: _Column) -> str:
    """A number as it is shown: none at all for nothing."""
    return str(row.numbers.get(column.name, 0) or "")


def _wrapped(text: str, width: int) -> str:
    return textwrap.fill(text, width, initial_indent="  ", subsequent_indent="    ")
