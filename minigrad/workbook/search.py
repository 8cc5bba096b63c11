"""The search for the smallest case that breaks a kernel, or for the smallest arguments that break a function.

hypothesis draws cases, first to find out which checks fail at all, then, for each that does, to make the failing case
smaller. Everything is bounded by numbers of examples, never by time, and drawn from a given seed: the same kernel
always gets the same answer.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

if TYPE_CHECKING:
    from hypothesis import settings
    from hypothesis.strategies import SearchStrategy

DEFAULT_SEED = 0
"""What is drawn from where nobody says otherwise."""

EXAMPLES = 120
"""Cases drawn to judge a kernel."""

FEW_EXAMPLES = 40
"""Cases drawn for a first look at a kernel or a function, before it is judged."""

ENOUGH_FAILURES = 8
"""After so many failures of each kind that occurs, no more evidence is needed."""

SHRINKING_COST = 240
"""What making a failing case smaller may cost: one a launch, ``COST_OF_A_HANG`` for one that hangs."""

COST_OF_A_HANG = 48

A_HANG_COUNTS = 4
"""A launch that hangs is so much of the evidence that is needed: it is slow, and there is little doubt."""


class Drawn(Protocol):
    """One thing to try, such as a :class:`~minigrad.workbook.spec.Case`. ``key`` tells it from others."""

    @property
    def key(self) -> Hashable: ...


class Tried(Protocol):
    """What came of it, such as a :class:`~minigrad.workbook.trial.Trial`. Of two failures that of less ``size`` is
    shown.
    """

    @property
    def is_correct(self) -> bool: ...

    @property
    def is_safe(self) -> bool: ...

    @property
    def hangs(self) -> bool: ...

    @property
    def size(self) -> tuple[int, ...]: ...


C = TypeVar("C", bound=Drawn)
T = TypeVar("T", bound=Tried)
S = TypeVar("S")


class _Enough(BaseException):
    """Ends a search from within. hypothesis would take an Exception for something that it has found."""


@dataclass
class Findings(Generic[T]):
    """All that the search has seen. ``smallest`` has the smallest failing trial for each check that fails."""

    trials: list[T] = field(default_factory=list)
    smallest: dict[str, T] = field(default_factory=dict)

    @property
    def named(self) -> T | None:
        """The failing trial that a verdict names first; None if none failed."""
        return self.smallest.get("correct", self.smallest.get("safe"))


FAILS: dict[str, Callable[[Tried], bool]] = {
    "correct": lambda trial: not trial.is_correct,
    "safe": lambda trial: not trial.is_safe,
}
"""The two checks that are searched for, each with what counts against it."""


def search(
    draw: Callable[[], SearchStrategy[C]],
    attempt: Callable[[C], T],
    seed: int,
    *,
    first: Iterable[C] = (),
    also: Iterable[C] = (),
    examples: int = EXAMPLES,
) -> Findings[T]:
    """Try the cases in ``first``, then drawn ones, then those in ``also``; ``draw`` makes the hypothesis strategy."""
    findings: Findings[T] = Findings()
    attempt = _remembering(attempt)
    failures: dict[str, list[T]] = {check: [] for check in FAILS}
    evidence = dict.fromkeys(FAILS, 0)

    def look(case: C) -> None:
        occurring = [amount for amount in evidence.values() if amount]
        if occurring and min(occurring) >= ENOUGH_FAILURES:
            raise _Enough
        trial = attempt(case)
        findings.trials.append(trial)
        for check, fails in FAILS.items():
            if fails(trial):
                failures[check].append(trial)
                evidence[check] += A_HANG_COUNTS if trial.hangs else 1

    with contextlib.suppress(_Enough):
        for case in first:
            look(case)
        explore(draw(), look, seed, examples)
        for case in also:  # large ones, not needed where smaller ones have said enough
            look(case)
    seen: list[T] = []

    def attempt_and_note(case: C) -> T:
        seen.append(attempt(case))
        return seen[-1]

    for check, trials in failures.items():
        if trials:
            shrunk = _shrink(draw(), attempt_and_note, FAILS[check], seed)
            candidates = [*trials, *([shrunk] if shrunk is not None else [])]
            findings.smallest[check] = shrunk or min(candidates, key=lambda trial: trial.size)
    for check, fails in FAILS.items():  # one that did not fail before the other had failed often enough
        missed = [trial for trial in seen if fails(trial)]
        if missed and check not in findings.smallest:
            findings.smallest[check] = min(missed, key=lambda trial: trial.size)
    return findings


def _remembering(attempt: Callable[[C], T]) -> Callable[[C], T]:
    """The same, but a case that comes again is not run again."""
    known: dict[Hashable, T] = {}

    def look_up(case: C) -> T:
        key = case.key
        if key not in known:
            known[key] = attempt(case)
        return known[key]

    return look_up


def explore(strategy: SearchStrategy[S], look: Callable[[S], None], seed: int, examples: int) -> None:
    """Draw so many examples, and have a look at each: with the same seed always the same ones."""
    import hypothesis

    with _deaf_to_other_modules():
        hypothesis.seed(seed)(_settings(examples, shrink=False)(hypothesis.given(strategy)(look)))()


def _shrink(
    strategy: SearchStrategy[C], attempt: Callable[[C], T], fails: Callable[[Tried], bool], seed: int
) -> T | None:
    """The smallest failing trial that the bound allows to find."""
    import hypothesis

    best: T | None = None
    spent = 0

    def condition(case: C) -> bool:
        nonlocal best, spent
        if spent >= SHRINKING_COST:
            raise _Enough
        trial = attempt(case)
        spent += COST_OF_A_HANG if trial.hangs else 1
        if not fails(trial):
            return False
        best = trial
        return True

    # Not found again, or cut short by the bound: the best so far is what counts.
    with contextlib.suppress(_Enough, hypothesis.errors.HypothesisException), _deaf_to_other_modules():
        hypothesis.find(strategy, condition, settings=_settings(EXAMPLES, shrink=True), random=Random(seed))
    return best


@contextlib.contextmanager
def _deaf_to_other_modules() -> Iterator[None]:
    """Draw the same cases whatever else is imported.

    hypothesis now and then draws a constant that stands in the source of some module of the project that it runs in;
    it would do so here, so that a verdict depended on unrelated files, and would leave a folder behind to remember
    them. It has no setting for that.
    """
    from hypothesis.internal.conjecture import providers

    provider: Any = getattr(providers, "HypothesisProvider", None)
    draw_constant = getattr(provider, "_maybe_draw_constant", None)
    if draw_constant is None:  # a release from before it did so
        yield
        return
    provider._maybe_draw_constant = lambda self, *given, **named: None
    try:
        yield
    finally:
        provider._maybe_draw_constant = draw_constant


def _settings(examples: int, *, shrink: bool) -> settings:
    from hypothesis import HealthCheck, Phase, Verbosity, settings

    return settings(
        max_examples=examples,
        phases=[Phase.generate, Phase.shrink] if shrink else [Phase.generate],
        database=None,
        deadline=None,
        derandomize=False,
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
        print_blob=False,
    )
