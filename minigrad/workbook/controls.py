"""What a reader may change of what is shown: a control for each table that the cases are chosen from.

A choice is a number where the table has numbers, and words elsewhere; it stands for an entry of the table. Where cases
come without tables, there is one control, which counts drawn examples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from minigrad.draw.run import Control
from minigrad.workbook.checks.tables import Tables
from minigrad.workbook.choosing import drawn
from minigrad.workbook.notation import written

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Choice = int | float | str

LONGEST = 36
"""So many characters of words fit beside a slider."""

EXAMPLE = "example"
AS_FOUND = "as found"
AS_CHOSEN = "as chosen"

_WORDS = {
    "block": "threads in a block",
    "grid": "blocks",
    "spare": "blocks to spare",
    "spare_x": "blocks to spare in x",
    "spare_y": "blocks to spare in y",
    "idle": "threads to spare",
    "idle_x": "threads to spare in x",
    "idle_y": "threads to spare in y",
    "tpb": "TPB",
    "tile": "TILE",
    "order": "who goes first",
    "seed": "values",
    "scalar": "f",
    "broadcast": "a's shape",
    "broadcast_a": "a's shape",
    "broadcast_b": "b's shape",
    "how": "small shape",
    "dim": "dimension",
    "reduction": "shape, dimension",
    "matrices": "n, k, m",
    "turns": "whole turns",
    "big": "large shape",
    "to_one": "dimensions of size 1",
    "ones_a": "a's dimensions of size 1",
    "ones_b": "b's dimensions of size 1",
    "dropped": "dimensions dropped",
    "dropped_a": "a's dimensions dropped",
    "dropped_b": "b's dimensions dropped",
    "spoilt": "a misfit",
    "which": "graph",
}
"""What a table is called, where its parameter's name is no plain word."""

_ENTRIES: Mapping[str, Mapping[Any, str]] = {
    "order": {
        "forward": "first to last",
        "reverse": "last to first",
        **{seed: f"mixed {seed}" for seed in (1, 2, 3)},
    },
}
"""What entries are called, by the name of their table."""

_EXTENTS = ("block", "sizes", "matrices")
"""Tables whose entries are so many by so many."""

_READABLE = {0: "0, easy to follow"}
"""The first seed of values, which is a pattern."""


def name_of(table: str) -> str:
    """What a control is called that chooses from this table.

    >>> name_of("tpb"), name_of("seed_a"), name_of("columns")
    ('TPB', 'values of a', 'columns')
    """
    if table.startswith("seed_"):
        return f"values of {table.removeprefix('seed_')}"
    return _WORDS.get(table, table.replace("_", " "))


def choice_of(table: str, entry: Any) -> Choice:
    """The number or the words that stand for an entry.

    >>> choice_of("size", 9), choice_of("block", (3, 2)), choice_of("order", "reverse"), choice_of("shape", (2, 3))
    (9, '3 x 2', 'last to first', '(2, 3)')
    """
    if entry is None:
        return "as out" if table in ("a_lies", "b_lies") else "none"
    if isinstance(entry, bool):
        return "yes" if entry else "no"
    if table in _ENTRIES:
        return _ENTRIES[table].get(entry, str(entry))
    if isinstance(entry, int | float | str):
        return entry
    if table in _EXTENTS:
        return " x ".join(map(str, entry))
    return entry.name if isinstance(getattr(entry, "name", None), str) else written(entry)


class Controls:
    """The controls over cases of one kind, and the case that a choice for each of them makes.

    ``shown`` is the case that they start at, and ``entries`` what it was made of; none if it was made by hand, or has
    no tables.
    """

    def __init__(
        self, cases: Callable[[], SearchStrategy[Any]], shown: Any, entries: Mapping[str, Any] | None = None
    ) -> None:
        self._shown = shown
        self._tables = cases if isinstance(cases, Tables) else None
        self._by_hand = not entries
        self._examples: dict[Choice, Any] = {}
        self._names: dict[str, str] = {}
        self._entries: dict[str, dict[Choice, Any]] = {}
        self.all: list[Control] = []
        if self._tables is None:
            self._examples = {AS_FOUND: shown, **dict(enumerate(drawn(cases), 1))}
            self.all.append(Control(EXAMPLE, tuple(self._examples), AS_FOUND))
            return
        if self._by_hand:
            self.all.append(Control(EXAMPLE, (AS_FOUND, AS_CHOSEN), AS_FOUND))
        start = entries or self._tables.typical
        for table, its_entries in self._tables.tables.items():
            by_choice, start_choice = _by_choice(table, its_entries, start[table])
            self._names[table], self._entries[table] = name_of(table), by_choice
            words = _READABLE if table.partition("_")[0] == "seed" else {}
            self.all.append(Control(name_of(table), tuple(by_choice), start_choice, words))

    def case(self, choices: Mapping[str, Any]) -> Any:
        """The case of these choices, by name of the control; a control that is left out stays where it starts.

        Where a choice is none of the table's, the table's first entry is taken.
        """
        chosen = {each.name: choices.get(each.name, each.start) for each in self.all}
        if self._tables is None:
            return self._examples.get(chosen[EXAMPLE], self._shown)
        if self._by_hand and chosen[EXAMPLE] == AS_FOUND:
            return self._shown
        return self._tables.made_of(
            {
                table: by_choice.get(chosen[self._names[table]], self._tables.typical[table])
                for table, by_choice in self._entries.items()
            }
        )


def _by_choice(table: str, entries: Sequence[Any], start: Any) -> tuple[dict[Choice, Any], Choice]:
    """Each entry once, by what stands for it, a number where words would be too long; and what stands for the start."""
    found: dict[Choice, Any] = {}
    for entry in _in_order((*entries, start)):
        found.setdefault(choice_of(table, entry), entry)
    if all(len(str(choice)) <= LONGEST for choice in found):
        return found, choice_of(table, start)
    number = list(found).index(choice_of(table, start)) + 1
    return dict(enumerate(found.values(), 1)), number


def _in_order(entries: Iterable[Any]) -> list[Any]:
    """Numbers by size, so that a slider goes one way; anything else as the table has it."""
    entries = list(entries)
    return sorted(entries) if all(map(_is_number, entries)) else entries


def _is_number(entry: Any) -> bool:
    return isinstance(entry, int | float) and not isinstance(entry, bool)
