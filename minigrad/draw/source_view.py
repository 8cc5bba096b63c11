"""The learner's source beside a step: a window of it, with the line in question lit."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Any

import drawsvg

from minigrad.draw.figure import Figure, short, text_width
from minigrad.draw.replay import Replay
from minigrad.draw.slots import Look, Slots
from minigrad.draw.views import Looks, page

LINES = 26
"""So many lines of source are shown."""

LETTERS = 80
"""So much of a line is shown."""

LINE_HEIGHT = 18.0


class Source:
    """The learner's functions with line numbers; the line where something happens is lit."""

    def __init__(self, slots: Slots, replay: Replay) -> None:
        self._replay = replay
        source = replay.run.source
        numbers = sorted(source)
        indent = min((_indent(source[number]) for number in numbers if source[number].strip()), default=0)
        self._rows: list[tuple[str, str]] = []
        self._at: dict[int, int] = {}
        for position, number in enumerate(numbers):
            if position and number > numbers[position - 1] + 1:
                self._rows.append(("⋯", ""))
            self._at[number] = len(self._rows)
            line = source[number].expandtabs(4)[indent:].rstrip()
            self._rows.append((str(number), line if len(line) <= LETTERS else line[: LETTERS - 1] + "…"))
        lines = (step.line or 0 for step in replay.steps)
        self._near = list(accumulate(lines, lambda near, line: self._at.get(line, near), initial=0))[1:]
        shown = min(len(self._rows), LINES)
        self._slots = [(slots.new(), slots.new()) for _ in range(shown)]
        longest = max((len(line) for _, line in self._rows), default=0)
        gutter = text_width("0" * max((len(name) for name, _ in self._rows), default=0), 12, mono=True) + 18
        width = gutter + max(150.0, text_width("0" * longest, mono=True)) + 8
        self.figure = Figure(width, shown * LINE_HEIGHT, tuple(self._marks(width, gutter)))

    def _marks(self, width: float, gutter: float) -> Iterator[Any]:
        for position, (name, line) in enumerate(self._slots):
            y = position * LINE_HEIGHT
            band = drawsvg.Rectangle(0, short(y), short(width), short(LINE_HEIGHT), rx=3)
            words = drawsvg.Text(line.words, None, short(gutter), short(y + 13))
            yield drawsvg.Group([band, words], class_=line.kind)
            yield drawsvg.Text(name.words, None, short(gutter - 12), short(y + 13), class_=name.kind)

    def looks(self, number: int) -> Looks:
        """At a step."""
        step = self._replay.steps[number]
        lines = {step.line, *(fault.other.line for fault in step.faults if fault.other is not None)}
        lit = {self._at[line] for line in lines if line in self._at}
        first = page(self._near[number], len(self._rows), LINES)
        kind = "mg-line mg-wrong" if step.is_faulty else "mg-line mg-now"
        for position, (name, line) in enumerate(self._slots, first):
            yield name, Look("mg-number", self._rows[position][0])
            yield line, Look(kind if position in lit else "mg-line", self._rows[position][1])


def _indent(line: str) -> int:
    line = line.expandtabs(4)
    return len(line) - len(line.lstrip())
