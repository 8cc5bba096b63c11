"""Where a line of a kernel stands in its file."""

import inspect
from typing import Any


def line_with(mark: str, kernel: Any) -> int:
    """The line, counted from 1 in its file, of the only line of ``kernel`` that contains ``mark``."""
    lines, first = inspect.getsourcelines(getattr(kernel, "py_func", kernel))
    (found,) = [number for number, line in enumerate(lines, first) if mark in line]
    return found


def text_with(mark: str, kernel: Any) -> str:
    """That line, without its indentation."""
    lines, first = inspect.getsourcelines(getattr(kernel, "py_func", kernel))
    return lines[line_with(mark, kernel) - first].strip()
