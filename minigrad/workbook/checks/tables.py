"""What cases are drawn from: tables to choose one entry each from, by name, and what the entries make together.

The checks draw entries with hypothesis; whoever looks at a picture chooses them by hand. Each table begins with what
makes the most readable example, because hypothesis shrinks towards the first entries. hypothesis is imported when a
strategy is asked for, so that a puzzle file loads quickly.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from minigrad.workbook.spec import Case

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

T = TypeVar("T")
S = TypeVar("S")


class Drawn(dict[str, Any]):
    """A function's arguments by name, which still know the entries that they were made of."""

    def __init__(self, arguments: Mapping[str, Any], entries: Mapping[str, Any]) -> None:
        super().__init__(arguments)
        self.entries = entries


@dataclass(frozen=True)
class Tables(Generic[T]):
    """Tables by name, and ``build``, which gets one entry of each, in their order.

    ``telling`` has the entries of an example that shows what matters, where the first entries of the tables do not.
    What is made is a :class:`~minigrad.workbook.spec.Case` or a function's arguments. Called, it is a hypothesis
    strategy: ``KernelSpec.cases`` and ``Rule.cases`` may be one of these.
    """

    build: Callable[..., T]
    tables: Mapping[str, Sequence[Any]]
    telling: Mapping[str, Any] = field(default_factory=dict)

    def made_of(self, entries: Mapping[str, Any]) -> T:
        """What these entries make together, one for each table; they need not stand in it."""
        made: T = self._noted(self.build(*(entries[name] for name in self.tables)), entries)
        return made

    @property
    def typical(self) -> Mapping[str, Any]:
        """The entries of an example that is small and shows what matters."""
        return {name: self.telling.get(name, table[0]) for name, table in self.tables.items()}

    def map(self, change: Callable[[T], S]) -> Tables[S]:
        """The same tables, and what they make changed."""
        build = self.build
        return Tables(lambda *entries: change(build(*entries)), self.tables, self.telling)

    def __call__(self) -> SearchStrategy[T]:
        """A strategy. Every draw is one choice from a table: few draws make a case cheap, and shrinking quick."""
        from hypothesis import strategies as st

        names = tuple(self.tables)
        return st.tuples(*map(st.sampled_from, self.tables.values())).map(
            lambda drawn: self._noted(self.build(*drawn), dict(zip(names, drawn, strict=True)))
        )

    @staticmethod
    def _noted(made: Any, entries: Mapping[str, Any]) -> Any:
        """The case or the arguments, with a note of what they were made of."""
        return replace(made, entries=entries) if isinstance(made, Case) else Drawn(made, entries)


def tables(build: Callable[..., T], *choices: Sequence[Any], **telling: Any) -> Tables[T]:
    """Tables that are called what the parameters of ``build`` are called."""
    return Tables(build, dict(zip(parameters(build), choices, strict=True)), telling)


def parameters(function: Callable[..., Any]) -> tuple[str, ...]:
    """The names of a function's parameters."""
    return tuple(inspect.signature(function).parameters)
