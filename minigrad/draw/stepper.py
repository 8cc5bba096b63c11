"""The step-through: a run in a notebook, event by event, forwards and backwards.

Standard ipywidgets only, so that it works in JupyterLab, Notebook, VS Code and Colab without an extension. The pictures
are a scene's; this module has the buttons.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import ipywidgets

from minigrad.draw.controls import Chooser
from minigrad.draw.launch import standing
from minigrad.draw.look import STYLE
from minigrad.draw.run import Control, Run
from minigrad.draw.scene import Scene
from minigrad.draw.steps import Dim3
from minigrad.draw.telling import name_of_block
from minigrad.draw.views import short_name

INTERVAL = 500
"""Milliseconds that a step is shown while it plays."""


class Stepper(ipywidgets.VBox):  # type: ignore[misc]  # ipywidgets has no types
    """A run to step through.

    The slider goes over the run's steps, or over those of one block or one thread. ``run`` is what is shown; another
    one begins at its start.
    """

    def __init__(
        self, run: Run, controls: Sequence[Control] = (), rerun: Callable[..., Run] | None = None, **more: Any
    ) -> None:
        self._scene = Scene(run)
        self._numbers: tuple[int, ...] = ()
        self._is_busy = False
        self.picture = ipywidgets.HTML(layout={"width": "100%"})
        self.verdict = ipywidgets.HTML()
        narrow, wide = {"description_width": "initial"}, {"width": "min(560px, 60%)"}
        self.slider = ipywidgets.IntSlider(description="step", min=0, max=0, layout=wide, style=narrow)
        self.play = ipywidgets.Play(min=0, max=0, interval=INTERVAL, show_repeat=False)
        self.back = ipywidgets.Button(icon="step-backward", tooltip="one step back", layout={"width": "40px"})
        self.forward = ipywidgets.Button(icon="step-forward", tooltip="one step forward", layout={"width": "40px"})
        self.fault = ipywidgets.Button(description="to the fault", button_style="danger", layout={"width": "110px"})
        self.block = ipywidgets.Dropdown(layout={"width": "240px"})
        self.thread = ipywidgets.Dropdown(layout={"width": "200px"})
        # One way only: told of each move of the slider as well, the kernel would be twice as long about a step.
        self._link = ipywidgets.jsdlink((self.play, "value"), (self.slider, "value"))
        self._playing = "playing" if "playing" in self.play.traits() else "_playing"  # in ipywidgets 8, and in 7
        self.play.observe(lambda _: self._play_from_here(), names=self._playing)
        self.slider.observe(lambda _: self._moved(), names="value")
        self.block.observe(lambda _: self._choose_block(), names="value")
        self.thread.observe(lambda _: self._choose(), names="value")
        self.back.on_click(lambda _: self._move(-1))
        self.forward.on_click(lambda _: self._move(+1))
        self.fault.on_click(lambda _: self._to_next_fault())
        line = [self.play, self.back, self.forward, self.slider, self.fault]
        buttons = ipywidgets.HBox(line, layout={"flex_flow": "row wrap"})
        choices = ipywidgets.HBox([self.block, self.thread], layout={"flex_flow": "row wrap"})
        self.chooser = Chooser(controls, rerun, self.show) if rerun is not None and controls else None
        self.show(run)
        parts = [ipywidgets.HTML(f"<style>{STYLE}</style>"), buttons, choices, self.verdict, self.picture]
        super().__init__([self.chooser.box, *parts] if self.chooser is not None else parts, **more)

    @property
    def run(self) -> Run:
        """What is shown."""
        return self._scene.replay.run

    @property
    def number(self) -> int:
        """The number of the step that is shown, among all of the run's."""
        return self._numbers[min(int(self.slider.value), len(self._numbers) - 1)]

    def show(self, run: Run) -> None:
        """Show a run from its start."""
        scene = self._scene if run is self._scene.replay.run else Scene(run)  # may raise; then nothing has changed
        self._scene = scene
        blocks = scene.replay.blocks
        self._is_busy = True
        names = [(name_of_block(run, block).partition(",")[0], block) for block in blocks]
        every = "all loops" if run.loops else "all blocks"
        self.block.options = [(every, None), *names] if len(blocks) > 1 else names
        self.block.index = 0
        self.block.layout.display = None if len(blocks) > 1 else "none"
        self._is_busy = False
        self._choose_block()
        words, kind = standing(run)
        sign = "✓" if kind == "mg-good" else "✗"
        self.verdict.value = (
            f'<div class="mg-look"><b class="mg-verdict {kind}">{sign} {escape(words)}</b> · {escape(run.launch)}</div>'
        )

    def _choose_block(self) -> None:
        """Offer the threads of the block that is chosen."""
        if self._is_busy:
            return
        self._is_busy = True
        word = "iteration" if self.run.loops else "thread"
        names = [(f"{word} {short_name(thread)}", thread) for thread in self._threads()]
        self.thread.options = [(f"all {word}s", None), *names]
        self.thread.index = 0
        self._is_busy = False
        self._choose()

    def _threads(self) -> list[Dim3]:
        """The threads that do anything in the block that is chosen."""
        found = {
            thread
            for step in self._scene.replay.steps
            if self.block.value is None or step.block == self.block.value
            for thread in step.threads
        }
        return sorted(found, key=lambda thread: thread[::-1])

    def _choose(self) -> None:
        """Let the slider go over the steps of what is chosen, from their start."""
        if self._is_busy:
            return
        self._is_busy = True
        self._numbers = self._scene.replay.of(self.block.value, self.thread.value)
        setattr(self.play, self._playing, False)
        for each in (self.play, self.slider):
            each.value = 0
            each.max = len(self._numbers) - 1
        self._is_busy = False
        self.fault.layout.display = None if self._faults else "none"
        self._draw()

    @property
    def _faults(self) -> list[int]:
        """Where on the slider something goes wrong."""
        steps = self._scene.replay.steps
        return [position for position, number in enumerate(self._numbers) if steps[number].is_faulty]

    def _to_next_fault(self) -> None:
        """To the next one, and from the last to the first."""
        further = [position for position in self._faults if position > self.slider.value]
        self.slider.value = (further or self._faults)[0]

    def _move(self, by: int) -> None:
        self.slider.value = min(max(self.slider.value + by, 0), self.slider.max)

    def _play_from_here(self) -> None:
        """It plays from where the slider is."""
        if getattr(self.play, self._playing):
            self.play.value = self.slider.value

    def _moved(self) -> None:
        self._draw()
        if abs(self.slider.value - self.play.value) > 1:  # by a reader, not by what plays
            self._play_from_here()

    def _draw(self) -> None:
        if not self._is_busy:
            self.picture.value = self._scene.html(self.number)

    def __repr__(self) -> str:
        return f"<{self.run.title}, step by step: {len(self._scene.replay.steps)} steps; {standing(self.run)[0]}>"


def step(run: Run, controls: Sequence[Control] = (), rerun: Callable[..., Run] | None = None) -> Stepper:
    """A run to step through, as an ipywidgets object.

    ``rerun`` is called with a choice for each of the ``controls``, by name, and makes another run to step through.
    """
    return Stepper(run, controls, rerun)
