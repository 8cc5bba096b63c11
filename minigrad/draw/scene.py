"""The picture of a step: source on one side, memory and threads on the other, an arrow between the two in question.

A :class:`Scene` is laid out once for a run. Inputs stand above the threads, outputs below them, and shared memory
between, in the block's own frame.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from math import prod

import drawsvg
import numpy as np

from minigrad.draw.array_view import ArrayView
from minigrad.draw.arrows import arrow
from minigrad.draw.figure import Figure, column, flow, pad, short, text, text_width
from minigrad.draw.picture import Picture
from minigrad.draw.replay import Replay
from minigrad.draw.run import Run
from minigrad.draw.slots import Look, Slot, Slots, Template
from minigrad.draw.source_view import Source
from minigrad.draw.steps import Dim3, Memory
from minigrad.draw.telling import name_of_block, summary, told
from minigrad.draw.thread_view import Threads
from minigrad.draw.views import colour

SMALL, MANY = 4, 4
"""Where there are more than ``MANY`` arrays, those of at most ``SMALL`` elements stand beside one another."""

WIDE = 720.0
"""Arrays beside one another are no wider together."""


class Scene:
    """The pictures of a run's steps: ``html(number)`` is one of them."""

    def __init__(self, run: Run) -> None:
        self.replay = Replay(run)
        self._slots = slots = Slots()
        self._caption, self._block, self._summary = (slots.new() for _ in range(3))
        self._line, self._tip = slots.new(), slots.new()
        self._source = Source(slots, self.replay)
        names = [memory.name for memory in self.replay.touched] + ["threads", *run.before]
        self._left = max(text_width(name, mono=True) for name in names) + 34
        self._threads = Threads(slots, self.replay, self._left)
        self._views = list(self._made_views())
        self._memory = self._laid_out()
        self.template = Template(self._markup())

    # Laying out

    def _made_views(self) -> Iterator[ArrayView]:
        run, replay = self.replay.run, self.replay
        samples: dict[tuple[str, str], list[Memory]] = {}
        for name, value in run.before.items():
            if isinstance(value, np.ndarray):
                samples["global", name] = [Memory("global", name)]
        for memory in replay.touched:
            known = samples.setdefault((memory.space, memory.name), [])
            if memory not in known:
                known.append(memory)
        outside = {
            (step.memory.space, step.memory.name)
            for step in replay.steps
            if step.kind == "fault" and step.memory is not None
        }
        for (space, name), sample in samples.items():
            is_small = len(samples) > MANY and all(prod(replay.shape(each)) <= SMALL for each in sample)
            yield ArrayView(
                self._slots,
                replay,
                tuple(sample),
                lambda number, space=space, name=name: self._memory_at(number, space, name),  # type: ignore[misc]
                left=text_width(name, mono=True) + 12 if is_small else self._left,
                marked=frozenset((*run.wrong.get(name, ()), *run.spoilt.get(name, ())) if space == "global" else ()),
                outside=(space, name) in outside,
            )

    def _memory_at(self, number: int, space: str, name: str) -> Memory | None:
        if space in ("shared", "local"):
            block, thread = self._at[number]
            return Memory(space, name, block, thread if space == "local" else None)
        return Memory(space, name)

    @cached_property
    def _at(self) -> list[tuple[Dim3, Dim3]]:
        """The block and the thread that are looked at, at each step."""
        block = self.replay.blocks[0]
        thread = (0, 0, 0)
        found = []
        for step in self.replay.steps:
            if step.block is not None:
                block, thread = step.block, step.thread or thread
            found.append((block, thread))
        return found

    def block_at(self, number: int) -> Dim3:
        """The block that is shown at a step."""
        return self._at[number][0]

    def _laid_out(self) -> Figure:
        run = self.replay.run
        by_space: dict[str, list[ArrayView]] = {}
        for view in self._views:
            by_space.setdefault(view.key[0], []).append(view)
        mine = [view for view in by_space.get("global", []) if view.name in run.outputs]
        given = [view for view in by_space.get("global", []) if view.name not in run.outputs]
        others = by_space.keys() - {"global", "shared", "local"}
        given += [view for space in sorted(others) for view in by_space[space]]
        numbers = [f"{name} = {value}" for name, value in run.before.items() if not isinstance(value, np.ndarray)]
        shared, local = by_space.get("shared", []), by_space.get("local", [])
        frame = column(
            self._words(self._block, 250),
            self._threads.figure,
            self._arranged([*shared, *local]),
            gap=10,
        )
        inside = pad(frame, 10)
        above, below = self._arranged(given).moved(10, 0), self._arranged(mine).moved(10, 0)
        width = max(inside.width, above.width + 10, below.width + 10)
        edge = drawsvg.Rectangle(0.5, 0.5, short(width - 1), short(inside.height - 1), rx=6, class_="mg-frame")
        figure = column(
            self._words(self._summary, 300, 12).moved(10, 0),
            above,
            text(", ".join(numbers), "mg-mono mg-soft", size=12).moved(10, 0),
            inside.with_marks(below=[edge]),
            below,
            gap=18,
        )
        line = drawsvg.Path(d=self._line.words, class_=self._line.kind)
        tip = drawsvg.Path(d=self._tip.words, class_=self._tip.kind)
        whole = figure.with_marks(line, tip)
        return Figure(max(width, whole.width), whole.height, whole.marks, whole.places)

    def _arranged(self, views: Sequence[ArrayView]) -> Figure:
        """Rows below one another, so that equal indices meet; matrices, and small arrays if there are many, beside."""
        lines: list[list[Figure]] = []
        beside = False
        small = {view.key for view in views if len(self._views) > MANY and prod(view.shape) <= SMALL}
        for view in sorted(views, key=lambda view: view.key not in small):
            is_small = view.key in small
            if beside and (is_small or len(view.shape) > 1):
                lines[-1].append(view.figure)
            else:
                lines.append([view.figure])
            beside = is_small or len(view.shape) > 1
        return column(*(flow(line, WIDE, gap=24) for line in lines), gap=10)

    def _words(self, slot: Slot, width: float, size: float = 13.0) -> Figure:
        mark = drawsvg.Text(slot.words, short(size), 0, short(size * 1.05), class_=slot.kind)
        return Figure(width, size * 1.4, (mark,))

    def _markup(self) -> str:
        title = self.replay.run.title
        lines = Picture(self._source.figure, f"{title}: source", "The line where something happens is lit.")
        source = lines.bare if self.replay.run.source else ""
        memory = Picture(
            self._memory, f"{title}: memory and threads", "What the caption says, among the arrays and the threads."
        )
        return (
            f'<div class="mg-look mg-step"><p class="{self._caption.kind}">{self._caption.words}</p>'
            f'<div class="mg-scene">{source}{memory.bare}</div></div>'
        )

    # Step by step

    def looks(self, number: int) -> list[Look]:
        """How each slot looks at a step, by its number."""
        looks = [Look()] * self._slots.count
        run, block = self.replay.run, self.block_at(number)
        doing = self.replay.doing(number, block)
        looks[self._caption.number] = told(self.replay, number)
        looks[self._block.number] = Look("mg-strong", name_of_block(run, block))
        looks[self._summary.number] = Look("mg-soft", summary(doing))
        looks[self._line.number], looks[self._tip.number] = self._arrow(number)
        for slot, look in self._source.looks(number):
            looks[slot.number] = look
        for slot, look in self._threads.looks(number, block, doing):
            looks[slot.number] = look
        for view in self._views:
            for slot, look in view.looks(number):
                looks[slot.number] = look
        return looks

    def _arrow(self, number: int) -> tuple[Look, Look]:
        """From the cell to the thread that reads it, or from the thread to the cell that it writes."""
        step = self.replay.steps[number]
        places = self._memory.places
        cell = thread = None
        if step.memory is not None and step.index is not None and step.thread is not None and step.block is not None:
            view = next((view for view in self._views if view.key == step.memory[:2]), None)
            cell = places.get(view.place_of(number, step.index)) if view is not None else None
            thread = places.get(self._threads.place_of(number, step.block, step.thread))
        if cell is None or thread is None:
            return Look("mg-none"), Look("mg-none")
        reads = step.kind == "read" or (step.kind == "fault" and step.faults[0].action == "read")
        kind = colour(self.replay, step.block, step.thread) + ("" if reads else " mg-write")
        kind += " mg-wrong mg-dashed" if step.faults else " mg-dashed" if step.kind == "atomic" else ""
        line, tip = arrow(cell, thread, kind) if reads else arrow(thread, cell, kind)
        return Look(line.args["class"], line.args["d"]), Look(tip.args["class"], tip.args["d"])

    def html(self, number: int) -> str:
        """The picture of a step with its caption, without a style sheet."""
        return self.template.fill(self.looks(number))
