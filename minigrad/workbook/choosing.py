"""Examples of what a puzzle is tried with, for a reader to look at."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from minigrad.workbook.checks.tables import Tables

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

T = TypeVar("T")

EXAMPLES = 12
"""So many are drawn where there are no tables to choose from."""

ANY_SEED = 1


def an_example(cases: Callable[[], SearchStrategy[T]]) -> T:
    """One that is small and shows what matters; the simplest where no tables say which."""
    if isinstance(cases, Tables):
        made: T = cases.made_of(cases.typical)
        return made
    return drawn(cases)[0]


def drawn(cases: Callable[[], SearchStrategy[T]]) -> list[T]:
    """A few examples, always the same ones."""
    from minigrad.workbook.search import explore

    found: list[T] = []

    def keep(example: T) -> None:
        found.append(example)

    explore(cases(), keep, ANY_SEED, EXAMPLES)
    return found
