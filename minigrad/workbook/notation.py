"""How a value is written in a sentence: as the learner would type it, and never longer than a line or two."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import Any

import numpy as np

from minigrad.workbook.nodes import GradNode, Node

SHOWN_CHARACTERS = 200
"""So much is shown of a value."""

SHOWN_DEPTH = 5
"""So many lists in one another are shown."""


def written(value: Any) -> str:
    """For example ``(2, 3)``, ``[1, 2]`` (a list or an array), ``5.0``, ``sigmoid`` (a function).

    >>> written((np.int64(2), np.arange(3), 0.5, None))
    '(2, [0, 1, 2], 0.5, None)'
    """
    text = _written(value)
    return text if len(text) <= SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}…"


def call(name: str, arguments: Mapping[str, Any]) -> str:
    """A call as it stands in a program.

    >>> call("position", {"index": (1, 2), "strides": (3, 1)})
    'position((1, 2), (3, 1))'
    """
    return f"{name}({', '.join(map(written, arguments.values()))})"


def a_kind(value: Any) -> str:
    """What a value is, with its article: ``a float``, ``an int``, ``an array``.

    >>> a_kind(5.0), a_kind(np.zeros(2)), a_kind(map(abs, []))
    ('a float', 'an array', 'a map object')
    """
    if value is None:
        return "nothing"
    if isinstance(value, np.ndarray):
        return "an array"
    for kind, name in _KINDS.items():
        if isinstance(value, kind):
            return name
    name = type(value).__name__
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}{' object' if hasattr(value, '__next__') else ''}"


_KINDS: dict[Any, str] = {
    (bool, np.bool_): "a bool",
    (int, np.integer): "an int",
    (float, np.floating): "a float",
    (complex, np.complexfloating): "a complex number",
}


def _written(value: Any, depth: int = 0) -> str:
    if isinstance(value, np.ndarray | np.generic):
        return _written(value.tolist(), depth)
    if type(value) is list or isinstance(value, tuple):
        if depth == SHOWN_DEPTH:  # a list may hold itself
            return "…"
        # Enough to fill what is shown: a list may be as long as it likes.
        inside = ", ".join(_written(each, depth + 1) for each in value[:SHOWN_CHARACTERS])
        if type(value) is list:
            return f"[{inside}]"
        return f"({inside},)" if len(value) == 1 else f"({inside})"
    if isinstance(value, float):
        text = f"{value:.6g}"
        return f"{text}.0" if text.lstrip("-").isdigit() else text
    if isinstance(value, int) and value.bit_length() > SHOWN_CHARACTERS:
        return f"an int of {value.bit_length()} bits"
    if isinstance(value, int | str | None):
        return repr(value)
    if callable(value) and hasattr(value, "__name__"):
        return str(value.__name__)
    if isinstance(value, Node | GradNode):
        return value.name
    if type(value) is dict:
        entries = (f"{_written(key, depth + 1)}: {_written(each, depth + 1)}" for key, each in value.items())
        return f"{{{', '.join(islice(entries, SHOWN_CHARACTERS))}}}" if depth < SHOWN_DEPTH else "…"
    return a_kind(value)
