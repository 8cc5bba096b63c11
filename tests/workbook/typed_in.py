"""Answers as they are typed into a notebook's cell."""

import textwrap
from typing import Any

from minigrad.workbook.puzzle import FunctionPuzzle

VIEWS = {
    "transpose": "shape, strides",
    "take_row": "shape, strides, row",
    "every_other": "shape, strides",
    "flatten_or_fail": "shape, strides",
}


def in_a_cell(text: str) -> dict[str, Any]:
    """What a cell with this text leaves behind."""
    names: dict[str, Any] = {"__name__": "a_cell"}
    exec(compile(textwrap.dedent(text), "<a cell>", "exec"), names)
    return names


def views(**bodies: str) -> FunctionPuzzle:
    """The functions of the puzzle about views, with these bodies; what is left out is not there."""
    text = "from minigrad.workbook import puzzle\n"
    for name, body in bodies.items():
        text += f'@puzzle("views")\ndef {name}({VIEWS[name]}):\n    {body}\n'
    answer: FunctionPuzzle = in_a_cell(text)[next(iter(bodies))]
    return answer
