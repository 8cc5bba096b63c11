"""What ``show()`` gives back: a picture, with sliders beside it where there is a notebook to move them in."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import cached_property
from os import PathLike
from typing import Any, Generic, TypeVar

from minigrad.draw.picture import Picture
from minigrad.draw.run import Calls, Control, Run

T = TypeVar("T")


class Shown(Generic[T]):
    """The picture of a run, and in a notebook the controls that run it again.

    ``picture`` is an SVG, drawn from the first run by ``draw``; ``widget`` has the sliders above it, and redraws it
    while they move.
    """

    def __init__(
        self,
        run: T,
        draw: Callable[[T], Picture],
        controls: Sequence[Control] = (),
        rerun: Callable[..., T] | None = None,
    ) -> None:
        self._run = run
        self._draw = draw
        self._controls = controls
        self._rerun = rerun

    @cached_property
    def picture(self) -> Picture:
        """The picture alone."""
        return self._draw(self._run)

    @property
    def svg(self) -> str:
        """The picture as SVG."""
        return self.picture.svg

    def save(self, path: str | PathLike[str]) -> None:
        """Write the picture to an SVG file."""
        self.picture.save(path)

    @cached_property
    def widget(self) -> Any:
        """The picture with its controls, as an ipywidgets box."""
        import ipywidgets

        from minigrad.draw.controls import Chooser

        page = ipywidgets.HTML(self.svg)

        def redraw(run: T) -> None:
            page.value = self._draw(run).svg

        if self._rerun is None or not self._controls:
            return page
        return ipywidgets.VBox([Chooser(self._controls, self._rerun, redraw).box, page])

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        plain: dict[str, Any] = dict(self.picture._repr_mimebundle_())
        if not _in_a_notebook():
            return plain
        live = self.widget._repr_mimebundle_() or {}
        return {**(live[0] if isinstance(live, tuple) else live), **plain}

    def __repr__(self) -> str:
        return repr(self.picture)


def _in_a_notebook() -> bool:
    """Whether a notebook's kernel is running this, so that a slider has something to talk to."""
    shell = sys.modules.get("IPython")
    running = shell.get_ipython() if shell is not None else None
    return running is not None and getattr(running, "kernel", None) is not None


def show(run: Run | Calls, controls: Sequence[Control] = (), rerun: Callable[..., Any] | None = None) -> Shown[Any]:
    """A launch, or a call of a plain function, beside the reference.

    ``rerun`` is called with a choice for each of the ``controls``, by name, and makes another of the same kind.
    """
    from minigrad.draw.launch import launch_picture
    from minigrad.draw.values import call

    def draw(what: Run | Calls) -> Picture:
        return launch_picture(what) if isinstance(what, Run) else call(what)

    return Shown(run, draw, controls, rerun)
