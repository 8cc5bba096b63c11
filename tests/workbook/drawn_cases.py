"""What a strategy draws: the same in every run, so that tests can say what occurs and what never does."""

from typing import TypeVar

from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis.strategies import SearchStrategy

from minigrad.workbook.search import _deaf_to_other_modules

T = TypeVar("T")


def drawn_from(strategy: SearchStrategy[T], number: int) -> list[T]:
    """So many examples, whatever other modules are loaded."""
    found: list[T] = []

    @settings(
        max_examples=number,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(example: T) -> None:
        found.append(example)

    with _deaf_to_other_modules():
        collect()
    return found


def simplest_of(strategy: SearchStrategy[T]) -> T:
    """The example that every other is made smaller to."""
    quiet = settings(database=None, derandomize=True, phases=[Phase.generate, Phase.shrink])
    with _deaf_to_other_modules():
        return find(strategy, lambda example: True, settings=quiet)
