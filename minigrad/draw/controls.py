"""Sliders with which a reader runs something again: other sizes, other threads, other values.

Standard ipywidgets only, so that they work wherever notebooks do. Whatever goes wrong in a rerun is said in a line of
text; a widget never shows a traceback.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from minigrad.draw.run import Control

T = TypeVar("T")


class Chooser(Generic[T]):
    """A row of controls above what they change.

    ``rerun(**{control's name: choice})`` makes what ``shown`` is then called with. ``box`` is the widget: a slider for
    each control with more than one choice, and a line for what went wrong.
    """

    def __init__(self, controls: Sequence[Control], rerun: Callable[..., T], shown: Callable[[T], None]) -> None:
        import ipywidgets

        self._rerun = rerun
        self._shown = shown
        self._fixed = {each.name: each.start for each in controls if len(each.choices) < 2}
        self._sliders: dict[str, Any] = {}
        for each in controls:
            if len(each.choices) < 2:
                continue
            words = [each.words.get(choice, str(choice)) for choice in each.choices]
            room = 170 + 8 * (len(each.name) + max(map(len, words)))
            slider = ipywidgets.SelectionSlider(
                options=list(zip(words, each.choices, strict=True)),
                value=each.start,
                description=each.name,
                style={"description_width": "initial"},
                layout={"width": f"{room}px", "margin": "0 16px 0 0"},
            )
            slider.observe(self._moved, names="value")
            self._sliders[each.name] = slider
        self._trouble = ipywidgets.HTML()
        row = ipywidgets.HBox(list(self._sliders.values()), layout={"flex_flow": "row wrap"})
        self.box = ipywidgets.VBox([row, self._trouble])

    @property
    def choices(self) -> dict[str, Any]:
        """What is chosen now."""
        return {**self._fixed, **{name: slider.value for name, slider in self._sliders.items()}}

    def _moved(self, change: Any) -> None:
        from html import escape

        try:
            self._shown(self._rerun(**self.choices))
            self._trouble.value = ""
        except Exception as error:  # a widget has nobody to raise it to
            self._trouble.value = f"<b>This cannot be shown:</b> {escape(str(error) or type(error).__name__)}"
