"""The third star: what a kernel does at the profile launch, against the puzzle's budget."""

from __future__ import annotations

from collections.abc import Iterable

from minigrad.simulator import Counters, Fault, Profile
from minigrad.workbook.explain import describe_case, place
from minigrad.workbook.spec import Budget
from minigrad.workbook.trial import Trial


def over_budget(profile: Trial, budget: Budget) -> list[str]:
    """One sentence for each thing of which the profile launch does too much; ``profile`` was recorded."""
    assert profile.trace is not None
    return [
        *_excesses(profile.trace.counters, budget),
        *_collisions(profile.trace.profile, budget),
        *([extra] if budget.extra and (extra := budget.extra(profile.trace, profile.case)) else []),
    ]


def not_efficient(profile: Trial, excesses: list[str]) -> str:
    """What the learner reads about a lost third star."""
    where = f"measured at {describe_case(profile.case)}"
    return "\n".join([f"over budget: {excesses[0]}", *(f"  and {each}" for each in excesses[1:]), f"  {where}"])


def first_note(trials: Iterable[Trial]) -> str | None:
    """Something that is no fault but that portable CUDA frowns upon, from the first trial that shows it."""
    for trial in trials:
        if trial.trace is not None and trial.trace.notes:
            note: Fault = trial.trace.notes[0]
            where = place(note.file, note.line, note.source)
            return f"{note.kind}: {note.message}\n  {where}\n  seen with {describe_case(trial.case)}"
    return None


def _excesses(counters: Counters, budget: Budget) -> list[str]:
    """The busiest thread against the limits of one thread, and the whole launch against its own."""
    found: list[str] = []
    for what, limit, most in (
        ("reads {} of global memory", budget.reads, counters.global_reads.max()),
        ("writes {} to global memory", budget.writes, counters.global_writes.max()),
        ("reads {} of shared memory", budget.shared_reads, counters.shared_reads.max()),
        ("writes {} to shared memory", budget.shared_writes, counters.shared_writes.max()),
    ):
        if limit is not None and most > limit:
            found.append(f"a thread {what.format(_times(int(most), 'element'))}; {limit} would do")
    for thing, limit, most in (
        ("barrier", budget.barriers, counters.barriers.max()),
        ("atomic operation", budget.atomics, counters.global_atomics.max()),
    ):
        if limit is not None and most > limit:
            found.append(f"a thread needs {_times(int(most), thing)}; {limit} would do")
    for what, limit, most in (
        ("read {} of global memory", budget.block_reads, counters.global_reads.sum(axis=1).max()),
        ("need {}", budget.block_atomics, counters.global_atomics.sum(axis=1).max()),
    ):
        if limit is not None and most > limit:
            thing = "element" if "read" in what else "atomic operation"
            found.append(f"the threads of a block {what.format(_times(int(most), thing))}; {limit} would do")
    for what, limit, total in (
        ("reads from", budget.total_reads, counters.global_reads.sum()),
        ("writes to", budget.total_writes, counters.global_writes.sum()),
    ):
        if limit is not None and total > limit:
            found.append(f"all threads together do {total} {what} global memory; {limit} would do")
    if budget.sectors is not None and counters.sectors > budget.sectors:
        found.append(
            f"the warps move {counters.sectors} sectors of 32 bytes; {budget.sectors} would do"
            " if neighbours in x touched neighbours in memory"
        )
    return found


def _collisions(profile: Profile, budget: Budget) -> list[str]:
    """What lanes of one warp do to one another, and the line where they do it most."""
    found: list[str] = []
    for name, limit, sentence in (
        (
            "bank_conflicts",
            budget.bank_conflicts,
            "bank conflicts cost the warps {} through shared memory{}; {} would do",
        ),
        ("divergent_branches", budget.divergent_branches, "warps part at {}{}; {} would do"),
    ):
        count = getattr(profile.total, name)
        if limit is not None and count > limit:
            worst = max(profile.lines, key=lambda line: getattr(line, name))
            most = "" if getattr(worst, name) == count else "most of them "
            thing = _times(count, "extra pass" if name == "bank_conflicts" else "branch")
            found.append(sentence.format(thing, f", {most}in line {worst.line}", limit))
    return found


def _times(count: int, thing: str) -> str:
    plural = f"{thing}es" if thing.endswith(("s", "ch")) else f"{thing}s"
    return f"{count} {thing if count == 1 else plural}"
