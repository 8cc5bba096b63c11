"""A picture of which only some things change: laid out once, and filled in again and again.

While a picture is laid out, each thing that will change takes a :class:`Slot`, whose marks stand in place of its
classes and of its words (or, for a line, its path). The finished markup is split at these marks, so that every further
picture is a join of strings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

MARK = re.compile("\ue000([cw])([0-9]+)\ue001")
"""Private characters of Unicode, which stand in no picture otherwise."""

NUMBERED = '" data-mg-slot="'
"""Goes on from within the classes' quotation marks, to tell a script which element is a slot."""


class Look(NamedTuple):
    """What a slot is filled with: classes, and words or a path."""

    kind: str = ""
    words: str = ""


@dataclass(frozen=True)
class Slot:
    """One thing that changes."""

    number: int

    @property
    def kind(self) -> str:
        """What stands for its classes."""
        return f"\ue000c{self.number}\ue001"

    @property
    def words(self) -> str:
        """What stands for its words or its path."""
        return f"\ue000w{self.number}\ue001"


class Slots:
    """Hands out slots, numbered from 0."""

    def __init__(self) -> None:
        self.count = 0

    def new(self) -> Slot:
        """One more."""
        self.count += 1
        return Slot(self.count - 1)


class Template:
    """Markup with slots.

    ``order`` has the slots' numbers in the order in which they stand in it; a script finds them in that order.
    """

    def __init__(self, markup: str) -> None:
        pieces = MARK.split(markup)
        self._pieces = pieces[::3]
        self._fillings = list(zip(pieces[1::3], map(int, pieces[2::3]), strict=True))
        self.order = tuple(dict.fromkeys(number for _, number in self._fillings))

    def fill(self, looks: Sequence[Look], *, numbered: bool = False) -> str:
        """The markup with these looks, one for each slot; ``numbered`` if a script is to find them."""
        more = NUMBERED if numbered else ""
        parts = [self._pieces[0]]
        for (which, number), piece in zip(self._fillings, self._pieces[1:], strict=True):
            parts.append(looks[number].kind + more if which == "c" else escape(looks[number].words, quote=False))
            parts.append(piece)
        return "".join(parts)
