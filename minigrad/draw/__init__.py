"""Pictures and widgets, drawn from a launch's trace, from a tensor, or from a call of a function.

The table of contents: a name is imported when it is first used, since neither drawing nor widgets come for nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from minigrad.draw.computation import graph as graph
    from minigrad.draw.explore import explore_jacobian as explore_jacobian
    from minigrad.draw.explore import explore_strides as explore_strides
    from minigrad.draw.gradients import map_gradient as map_gradient
    from minigrad.draw.gradients import zip_gradient as zip_gradient
    from minigrad.draw.heatmap import jacobian as jacobian
    from minigrad.draw.launch import launch_picture as launch_picture
    from minigrad.draw.pages import page as page
    from minigrad.draw.pages import player as player
    from minigrad.draw.picture import Picture as Picture
    from minigrad.draw.shown import show as show
    from minigrad.draw.stepper import step as step
    from minigrad.draw.storage import strides as strides
    from minigrad.draw.values import call as call

_CONTENTS = {
    "computation": "graph",
    "explore": "explore_jacobian explore_strides",
    "gradients": "map_gradient zip_gradient",
    "heatmap": "jacobian",
    "launch": "launch_picture",
    "pages": "page player",
    "picture": "Picture",
    "shown": "show Shown",
    "stepper": "step Stepper",
    "storage": "strides",
    "values": "call",
}
_HOME = {name: module for module, names in _CONTENTS.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return globals().setdefault(name, getattr(import_module(f"{__name__}.{_HOME[name]}"), name))


def __dir__() -> list[str]:
    return sorted(_HOME)
