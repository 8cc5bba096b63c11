"""A Jacobian as a heat map: a row for each output, a column for each input, and a spotlight on one output.

In the light of the spotlight stand the inputs that the output depends on; everything else fades. Beside it stands the
reference's, and the derivatives that differ are marked in both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import drawsvg
import numpy as np
import numpy.typing as npt

from minigrad.draw.cells import HEIGHT, Cell, cells, counted, heat, number, window
from minigrad.draw.figure import EMPTY, Figure, Place, column, over, paragraph, row, short, text, text_width
from minigrad.draw.picture import Picture
from minigrad.draw.reading import Grid, differing, told_apart, word
from minigrad.errors import MinigradError
from minigrad.tensor import Tensor

Array = npt.NDArray[Any]
Index = tuple[int, ...]

ROWS, COLUMNS = 16, 14
"""So much is shown of a large Jacobian; of two beside each other, as much of each."""

WIDTH = 1000.0
"""Two that are wider together stand below one another."""

NAMED = 4
"""So many inputs or mistakes are named in a sentence."""


def jacobian(jacobian: Any, expected: Any = None, output: Index | int | None = None) -> Picture:
    """The derivatives of every output (rows) by every input (columns), and the ``expected`` ones beside them.

    ``output`` is the one in the spotlight. A Jacobian whose outputs and inputs have dimensions of their own (as those
    of :func:`minigrad.jacobian`) has an even number of them: the first half is the outputs'. One with a single
    dimension belongs to a function with one output.

    >>> picture = jacobian([[1, 0], [2, 3]], output=1)
    >>> picture
    <picture: A Jacobian of 2 outputs by 2 inputs>
    """
    mine = _Table("yours" if expected is not None else "", as_matrix(jacobian))
    theirs = None if expected is None else _Table("the reference", as_matrix(expected))
    return _Heatmap(mine, theirs, output).picture()


class _Table:
    """One Jacobian as a matrix, and what its rows and columns are called."""

    def __init__(self, label: str, derivatives: Array) -> None:
        self.label = label
        self.shape = derivatives.shape
        middle = derivatives.ndim // 2
        self.outputs = names_of("y", derivatives.shape[:middle])
        self.inputs = names_of("x", derivatives.shape[middle:])
        self.matrix = derivatives.reshape(len(self.outputs), len(self.inputs))


class _Heatmap:
    """The picture in the making."""

    def __init__(self, mine: _Table, theirs: _Table | None, output: Index | int | None) -> None:
        self.mine, self.theirs = mine, theirs
        self.output = None if output is None else _chosen(output, mine.shape[: len(mine.shape) // 2])
        tables = [mine] if theirs is None else [mine, theirs]
        sizes = np.abs(np.concatenate([each.matrix.ravel() for each in tables]))
        self.largest = float(sizes[np.isfinite(sizes)].max(initial=0.0))
        self.wrong: set[Index] = set()
        if theirs is not None and theirs.shape == mine.shape:
            self.wrong = set(differing(Grid(mine.matrix), Grid(theirs.matrix)))

    def picture(self) -> Picture:
        """The picture."""
        yours = self._table(self.mine, self.theirs, "mg-wrong")
        reference = EMPTY if self.theirs is None else self._table(self.theirs, self.mine, "mg-right")
        beside = yours.width + reference.width + 36 <= WIDTH
        both = row(yours, reference, gap=36) if beside else column(yours, reference, gap=20)
        width = max(340.0, both.width)
        said = [self._spotlight()] if self.output is not None else []
        verdict, good = self._verdict()
        whole = column(
            both,
            *(paragraph(each, width=width) for each in said),
            paragraph(verdict, f"{'mg-good' if good else 'mg-bad'} mg-strong", width=width) if verdict else EMPTY,
            gap=12,
        )
        style = drawsvg.Raw(f"<style>{self._rules()}</style>")
        outputs, inputs = self.mine.matrix.shape
        title = f"A Jacobian of {counted(outputs, 'output')} by {counted(inputs, 'input')}"
        return Picture(
            whole.with_marks(below=[style]).in_group("mg-jacobian"),
            title,
            " ".join(["Rows are outputs, columns inputs.", *said, verdict]).strip(),
            role="group",
        )

    # What it says.

    def _spotlight(self) -> str:
        row = self.mine.matrix[self.output]
        name = self.mine.outputs[self.output or 0]
        reached = [f"{self.mine.inputs[j]} (by {number(row[j])})" for j in np.flatnonzero(row)]
        others = len(row) - len(reached)
        if not reached:
            return f"{name} moves with no input."
        rest = f"; the other {counted(others, 'input')} do{'es' if others == 1 else ''} not matter" if others else ""
        return f"{name} moves with {_listed(reached)}{rest}."

    def _verdict(self) -> tuple[str, bool]:
        if self.theirs is None:
            return "", True
        mine, theirs = self.mine, self.theirs
        if mine.shape != theirs.shape:
            turned = mine.matrix.T.shape == theirs.matrix.shape and np.allclose(mine.matrix.T, theirs.matrix)
            hint = ": rows are outputs, and columns are inputs" if turned else ""
            return f"✗ Its shape is {_size(mine.shape)}, and {_size(theirs.shape)} is wanted{hint}.", False
        if not self.wrong:
            return "✓ It is the reference's.", True
        told = [
            f"∂{mine.outputs[i]}/∂{mine.inputs[j]} is {here}, expected {there}"
            for i, j in sorted(self.wrong)[:NAMED]
            for here, there in [told_apart(mine.matrix[i, j], theirs.matrix[i, j])]
        ]
        count, size = len(self.wrong), mine.matrix.size
        more = f" and {count - NAMED} more" if count > NAMED else ""
        verb = "differs" if count == 1 else "differ"
        return f"✗ {count} of {counted(size, 'derivative')} {verb}: {'; '.join(told)}{more}.", False

    # The cells.

    def _rows(self, table: _Table) -> Sequence[int]:
        near = [i for i, _ in self.wrong] + ([] if self.output is None else [self.output])
        return [each for each in window(len(table.outputs), near, ROWS) if each is not None]

    def _look(self, table: _Table, other: _Table | None, wrong: str) -> Callable[[Index], Cell]:
        def look(index: Index) -> Cell:
            i, j = index
            value = table.matrix[index]
            kinds = [f"mg-out-{i}"]
            if self.output is not None and (i != self.output or not value):
                kinds.append("mg-faded" if i != self.output else "mg-nothing")
            tip = f"∂{table.outputs[i]}/∂{table.inputs[j]} = {word(value)}"
            if index in self.wrong and other is not None:
                said, _ = told_apart(value, other.matrix[index])
                return Cell(said, f"{wrong} mg-out-{i}", tip)  # a mistake does not fade
            warm = heat(value, self.largest)
            plain = "" if np.isfinite(value) else "mg-unwritten"
            return Cell(warm.text, " ".join([plain or warm.kind, *kinds]), tip, None if plain else warm.strength)

        return look

    def _table(self, table: _Table, other: _Table | None, wrong: str) -> Figure:
        outputs, inputs = table.matrix.shape
        if not outputs or not inputs:
            return column(text(table.label, "mg-strong"), text("no derivatives", "mg-soft"), gap=4)
        focus = [(i, j) for i, j in sorted(self.wrong)[:8]] + ([] if self.output is None else [(self.output, 0)])
        grid = cells(
            table.label,
            (outputs, inputs),
            self._look(table, other, wrong),
            label="",
            focus=focus,
            most=max(COLUMNS, 2 * ROWS) if inputs <= COLUMNS else COLUMNS,
            indices="none",
        )
        drawn = {index: place for (_, index), place in _places(grid)}
        rows = {i: place for (i, _), place in drawn.items()}
        columns = {j: place for (_, j), place in drawn.items()}
        left = max(text_width(table.outputs[i], 12, mono=True) for i in rows) + 10
        top = 18.0
        moved = grid.moved(left, top)
        marks: list[Any] = []
        for i, place in rows.items():
            strong = " mg-strong" if i == self.output else " mg-faded" if self.output is not None else ""
            low = short(top + place.y + HEIGHT / 2 + 4)
            name = drawsvg.Text(table.outputs[i], 12, short(left - 8), low, text_anchor="end")
            more = {"tabindex": "0", "role": "img", "aria_label": f"output {table.outputs[i]}"}
            marks.append(drawsvg.Group([name], class_=f"mg-mono mg-pick mg-out-{i}{strong}", **more))
        matter = set() if self.output is None else set(np.flatnonzero(table.matrix[self.output]).tolist())
        room = next(iter(columns.values())).width
        wide = max(text_width(table.inputs[j], 12, mono=True) for j in columns) > room - 3
        for j, place in columns.items():
            kind = " mg-faded" if self.output is not None and j not in matter else " mg-strong" if matter else ""
            said = table.inputs[j][2:-1].replace(" ", "") if wide else table.inputs[j]
            middle = short(left + place.x + place.width / 2)
            marks.append(drawsvg.Text(said, 12, middle, 12, class_=f"mg-mono{kind}", text_anchor="middle"))
        whole = over(Figure(moved.width, moved.height, moved.marks), *marks)
        if self.output in rows:
            lit = [place for (i, _), place in drawn.items() if i == self.output]
            whole = over(whole, _frame(lit, left, top))
        axes = text("outputs y ↓   inputs x →", "mg-soft", size=11)
        head = row(text(table.label, "mg-strong"), axes, gap=14, align="end") if table.label else axes
        return column(head, whole, gap=6)

    def _rules(self) -> str:
        """When a row is pointed at, the others fade."""
        rules = ["@supports selector(:has(*)){"]
        for i in self._rows(self.mine):
            there = f".mg-out-{i}"
            lit = f".mg-jacobian:has({there}:is(:hover,:focus))"
            rest = f"{lit} .mg-cell:not({there})"
            rules.append(f"{rest} rect{{fill-opacity:.07}}{rest} text{{fill:var(--mg-soft)}}")
        return "".join([*rules, "}"])


def _places(figure: Figure) -> list[tuple[tuple[str, Index], Place]]:
    found: Any = figure.places.items()
    return list(found)


def _frame(places: Sequence[Place], left: float, top: float) -> Any:
    x, y = min(place.x for place in places), places[0].y
    width = max(place.right for place in places) - x
    return drawsvg.Rectangle(
        short(left + x - 2), short(top + y - 2), short(width + 4), short(HEIGHT + 4), rx=5, class_="mg-spot"
    )


def as_matrix(derivatives: Any) -> Array:
    """Derivatives as an array of floats with an even number of dimensions."""
    try:
        given = derivatives.backend.load(derivatives) if isinstance(derivatives, Tensor) else np.asarray(derivatives)
    except (TypeError, ValueError) as error:
        raise MinigradError(f"a Jacobian is made of numbers: {error}") from None
    if given.dtype.kind not in "biuf":
        raise MinigradError(f"a Jacobian is made of numbers, not of {type(derivatives).__name__}")
    array = given.astype(np.float64)
    if array.ndim % 2 and array.ndim > 1:
        raise MinigradError(
            "a Jacobian has the dimensions of the outputs and then those of the inputs; in shape "
            f"{array.shape} it can't be told which are which, so reshape it to a matrix"
        )
    return np.asarray(array.reshape(1, -1) if array.ndim < 2 else array)


def names_of(letter: str, shape: tuple[int, ...]) -> list[str]:
    return [f"{letter}[{', '.join(map(str, index))}]" for index in product(*map(range, shape))]


def _chosen(output: Index | int, shape: tuple[int, ...]) -> int:
    index = output if isinstance(output, tuple) else tuple(map(int, np.unravel_index(output, shape)))
    if len(index) != len(shape) or not all(0 <= i < size for i, size in zip(index, shape, strict=True)):
        raise MinigradError(f"there is no output {output}: the outputs have shape {shape}")
    return int(np.ravel_multi_index(index, shape))


def _size(shape: tuple[int, ...]) -> str:
    return " × ".join(map(str, shape))


def _listed(words: Sequence[str]) -> str:
    shown = list(words[:NAMED])
    if len(words) > NAMED:
        return f"{', '.join(shown)} and {len(words) - NAMED} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else shown[0]
