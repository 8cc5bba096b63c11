"""Backward rules as pictures: which incoming gradients reach which input, and by which factor.

What stands in a cell may be a number or a symbol such as ``x_1``. Where all are numbers, the gradients are worked out;
where they are not, the cells of a gradient have the names of what it is the gradient of.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Sequence
from itertools import islice, pairwise
from typing import Any

import numpy as np

from minigrad.draw.arrows import arrow
from minigrad.draw.cells import Cell, cells, window
from minigrad.draw.figure import EMPTY, Figure, Place, column, over, paragraph, row, text
from minigrad.draw.picture import Picture
from minigrad.draw.reading import word
from minigrad.draw.symbols import symbol, symbol_cell, symbol_width
from minigrad.errors import MinigradError
from minigrad.tensor import Tensor

FIRST, SECOND = "mg-tint mg-t0", "mg-tint mg-t1 mg-second"
"""The cells of the first way that a gradient takes, and of the second."""

FIRST_WAY, SECOND_WAY = "mg-flow mg-t0", "mg-flow mg-t1 mg-second"
"""The arrows of it."""

MOST, CORNER = 12, 5
"""So many elements are shown, and so many rows and columns of a Jacobian."""

MOST_COLUMNS = 8
"""So many columns of each of four matrices."""

GAP = 6.0
"""Between cells that stand in a line."""

SMALL = 26.0
"""The cells of a Jacobian that is only looked at."""


def map_gradient(
    x: Any, factor: Any, d: Any, *, name: str = "x", cell: tuple[int, int] | None = None, jacobian: bool = True
) -> Picture:
    """How a map's gradient comes about: each incoming ``d`` times its own g′(x), cell by cell.

    ``x``, ``factor`` (which is g′ at each x) and ``d`` have one shape: of one dimension, or of two, which are drawn as
    matrices, with arrows for one ``cell``. A number stands for a shape full of it. With ``jacobian``, the diagonal
    matrix that nobody writes down stands beside a map of one dimension.

    >>> map_gradient([1, 2, 3], [3, 12, 27], [1, 10, 100])
    <picture: The gradient of a map, for 3 elements>
    """
    table = _Cells(x=x, factor=factor, d=d)
    title = f"The gradient of a map, for {table.size} elements"
    if table.deep == 2:
        return Picture(_matrices(table, name, cell), title, _described(table, "x", "factor"))
    ways = column(
        text("gradient of the input" if name == "x" else f"gradient of {name}", "mg-soft", size=12),
        _up(table, "x", "factor", name),
        text("incoming gradient", "mg-soft", size=12),
        gap=6,
        align="middle",
    )
    ways = _joined(ways, table, ["d", "factor", "x"], FIRST_WAY)
    beside = _diagonal(table.size, FIRST, "the Jacobian") if jacobian else EMPTY
    return Picture(row(ways, beside, gap=22, align="middle"), title, _described(table, "x", "factor"))


def zip_gradient(a: Any, b: Any, factor_a: Any, factor_b: Any, d: Any, *, jacobian: bool = True) -> Picture:
    """How a zip's two gradients come about: each incoming ``d`` goes two ways, with a factor for each.

    ``factor_a`` is the derivative of g by its first argument at each place, ``factor_b`` that by its second. All have
    one shape, of one dimension.

    >>> zip_gradient([1, 2, 3], [4, 5, 6], [4, 5, 6], [1, 2, 3], [1, 10, 100])
    <picture: The gradients of a zip, for 3 elements>
    """
    table = _Cells(a=a, b=b, factor_a=factor_a, factor_b=factor_b, d=d)
    if table.deep != 1:
        raise MinigradError(f"a zip is drawn with one dimension; these have {table.deep}")
    both = _two_ways(table)
    beside = column(
        _diagonal(table.size, FIRST, "Jacobian by a"), _diagonal(table.size, SECOND, "Jacobian by b"), gap=24
    )
    title = f"The gradients of a zip, for {table.size} elements"
    said = f"{_described(table, 'a', 'factor_a')} {_described(table, 'b', 'factor_b')}"
    return Picture(row(both, beside if jacobian else EMPTY, gap=36, align="middle"), title, said)


class _Cells:
    """What stands in the cells: arrays of one shape, all numbers or not. A single number stands everywhere."""

    def __init__(self, **given: Any) -> None:
        arrays = {name: _array(each) for name, each in given.items()}
        shapes = {array.shape for array in arrays.values() if array.ndim}
        if len(shapes) != 1 or len(next(iter(shapes))) > 2 or 0 in next(iter(shapes)):
            told = ", ".join(f"{name} {array.shape}" for name, array in arrays.items())
            raise MinigradError(f"these belong together cell by cell, in one or two dimensions, none empty: {told}")
        [self.shape] = shapes
        self.deep, self.size = len(self.shape), math.prod(self.shape)
        self.numbers = all(array.dtype.kind in "iuf" for array in arrays.values())
        self.elements = {name: np.broadcast_to(array, self.shape) for name, array in arrays.items()}
        self.shown = window(self.size, (), MOST)

    def at(self, name: str, index: int | tuple[int, ...]) -> str:
        """What stands in a cell."""
        return _said(self.elements[name][index])

    def gradient_at(self, of: str, factor: str, index: int | tuple[int, ...]) -> str:
        """What stands in a cell of a gradient."""
        if not self.numbers:
            return self.at(of, index)
        return _said(self.elements[factor][index] * self.elements["d"][index])

    def line(self, drawn: Callable[[int], Figure]) -> Figure:
        """Something for each element, and dots for those that are left out."""
        parts = [symbol("⋯", "mg-soft", width=18) if i is None else drawn(i) for i in self.shown]
        return row(*parts, gap=GAP, align="middle")


def _said(element: Any) -> str:
    return element if isinstance(element, str) else word(element)


def _array(given: Any) -> Any:
    array = np.asarray(given.backend.load(given) if isinstance(given, Tensor) else given)
    return array if array.dtype.kind in "iuf" else array.astype(object)


def _described(table: _Cells, name: str, factor: str = "factor") -> str:
    told = [
        f"{table.gradient_at(name, factor, index)}: {table.at(factor, index)} times {table.at('d', index)}"
        for index in islice(np.ndindex(table.shape), MOST)
    ]
    return f"The gradient of {name}, cell by cell, is the factor times the incoming gradient: {'; '.join(told)}."


# One dimension: a column of arrows for each element


def _joined(figure: Figure, table: _Cells, keys: Sequence[Hashable], kind: str) -> Figure:
    """Arrows from each row of places to the next."""
    marks = [
        mark
        for i in table.shown
        if i is not None
        for start, end in pairwise(keys)
        for mark in arrow(figure.places[start, i], _apart(figure.places[end, i]), kind)
    ]
    return over(figure, *marks)


def _apart(place: Place) -> Place:
    return Place(place.x, place.y - 2, place.width, place.height + 4)


def _up(table: _Cells, of: str, factor: str, name: str) -> Figure:
    """The cells of d, below, their factors, and those of the gradient, above."""
    return _stacked(table, [_gradient_line(table, of, factor, name, FIRST), factor, "d"])


def _stacked(table: _Cells, lines: Sequence[Figure | str]) -> Figure:
    """Lines of cells and factors, the names of which are given, below one another."""
    width = _cell_width(table)
    sign = "× " if table.numbers else ""

    def drawn(name: str) -> Callable[[int], Figure]:
        if name == "d":
            return lambda i: symbol_cell((name, i), table.at(name, i), width=width)
        return lambda i: symbol(sign + table.at(name, i), width=width).named((name, i))

    return column(
        *(line if isinstance(line, Figure) else table.line(drawn(line)) for line in lines), gap=30, align="middle"
    )


def _gradient_line(table: _Cells, of: str, factor: str, name: str, kind: str, *, low: bool = False) -> Figure:
    """The cells of a gradient; if they hold numbers, with what they are the gradients of above or below them."""
    width = _cell_width(table)
    line = table.line(lambda i: symbol_cell((of, i), table.gradient_at(of, factor, i), kind, width=width))
    if not table.numbers:
        return line
    small = "mg-index mg-mono"
    values = table.line(lambda i: symbol(f"{name} = {table.at(of, i)}", small, size=11, width=width))
    return column(*([line, values] if low else [values, line]), gap=3)


def _cell_width(table: _Cells) -> float:
    shown = [i for i in table.shown if i is not None]
    longest = {name: max(symbol_width(table.at(name, i), 13) for i in shown) for name in table.elements}
    if table.numbers:
        return max(40.0, *longest.values()) + 28
    return max(40.0, *(each + (2 if "factor" in name else 12) for name, each in longest.items()))


def _two_ways(table: _Cells) -> Figure:
    """From d, in the middle, up to the gradient of a and down to that of b."""
    whole = column(
        text("gradient of a", "mg-soft", size=12),
        _stacked(
            table,
            [
                _gradient_line(table, "a", "factor_a", "a", FIRST),
                "factor_a",
                "d",
                "factor_b",
                _gradient_line(table, "b", "factor_b", "b", SECOND, low=True),
            ],
        ),
        text("gradient of b", "mg-soft", size=12),
        gap=6,
        align="middle",
    )
    whole = _joined(whole, table, ["d", "factor_a", "a"], FIRST_WAY)
    return _joined(whole, table, ["d", "factor_b", "b"], SECOND_WAY)


def _diagonal(size: int, kind: str, label: str) -> Figure:
    """A Jacobian that has nothing but a diagonal."""
    shown = range(min(size, CORNER))
    if size > CORNER:
        label += ", its corner"

    def square(i: int, j: int) -> Figure:
        look = ("", kind) if i == j else ("0", "mg-faint")
        return symbol_cell((label, i, j), *look, width=SMALL, height=SMALL)

    lines = [row(*(square(i, j) for j in shown), gap=0) for i in shown]
    return column(column(*lines, gap=0), text(label, size=12), gap=6, align="middle")


# Two dimensions: matrices beside one another


def _matrices(table: _Cells, name: str, cell: tuple[int, int] | None) -> Figure:
    def matrix(key: str, label: str, said: Callable[[tuple[int, ...]], str], kind: str = "") -> Figure:
        def look(index: tuple[int, ...]) -> Cell:
            return Cell(said(index), "mg-chosen" if index == cell else kind)

        return cells(key, table.shape, look, label=label, focus=[cell] if cell else [], most=MOST_COLUMNS)

    def sign(words: str) -> Figure:
        return column(Figure(1, 24), text(words, "mg-strong", size=17), gap=0)

    whole = row(
        matrix("x", name, lambda index: table.at("x", index)),
        sign("→"),
        matrix("factor", f"g′({name})", lambda index: table.at("factor", index)),
        sign("·"),
        matrix("d", "d", lambda index: table.at("d", index)),
        sign("="),
        matrix("gradient", f"gradient of {name}", lambda index: table.gradient_at("x", "factor", index), FIRST),
        gap=16,
        align="middle",
    )
    said = "Each cell of the gradient is made of the two cells in its own place: no other d reaches it."
    if cell is not None:
        ways = [("x", "factor"), ("factor", "gradient"), ("d", "gradient")]
        marks = [mark for start, end in ways for mark in _over(whole.places[start, cell], whole.places[end, cell])]
        whole = over(Figure(whole.width, whole.height + 6, whole.marks, whole.places), *marks)
    return column(whole, paragraph(said, "mg-soft", width=whole.width), gap=10)


def _over(start: Place, end: Place) -> list[Any]:
    """An arrow from below one cell to below another, bent so that it passes between the rows."""
    return arrow((start.middle[0], start.bottom), (end.middle[0], end.bottom + 1), "mg-link", bow=-0.12)
