"""The pictures of the lessons, drawn by minigrad.draw: ``python -m docs.make.lesson_pictures`` writes them.

They look like the pictures of the puzzles, and follow the site's light and dark.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import drawsvg

import minigrad
import minigrad.draw
from minigrad.draw.arrows import arrow
from minigrad.draw.figure import Figure, Place, column, over, pad, row, short, text
from minigrad.draw.gradients import FIRST, FIRST_WAY, SECOND, SECOND_WAY, map_gradient, zip_gradient
from minigrad.draw.picture import Picture
from minigrad.draw.symbols import between_circles, circle, ring, symbol, symbol_cell, written

FOLDER = "docs/lessons/pictures"

DIGITS = "₁₂₃₄"

Told = tuple[Figure, str, str]
"""What is drawn, what it shows in a few words, and all of it in words."""


def each(letter: str, count: int = 4) -> list[str]:
    """Symbols with numbers: x₁, x₂, x₃."""
    return [letter + digit for digit in DIGITS[:count]]


def blank(width: float, height: float) -> Figure:
    return Figure(width, height)


def beside(left: Figure, right: Figure, gap: float = 30) -> Figure:
    """Two halves with a line between them."""
    height = max(left.height, right.height)
    line = drawsvg.Line(0.5, 0, 0.5, short(height), class_="mg-frame")
    return row(left, Figure(1, height, (line,)), right, gap=gap / 2)


def flow(figure: Figure, ways: list[tuple[Any, Any]], kind: str, apart: float = 2) -> Figure:
    """Arrows between named places."""
    marks = []
    for start, end in ways:
        at = figure.places[end]
        roomy = Place(at.x - apart, at.y - apart, at.width + 2 * apart, at.height + 2 * apart)
        marks += arrow(figure.places[start], roomy, kind)
    return over(figure, *marks)


def scalar_functions() -> Told:
    def box(key: object, words: str, kind: str = "", width: float = 48) -> Figure:
        return symbol_cell(key, words, kind, width=width, height=34)

    def dots() -> Figure:
        return symbol("⋮", "mg-soft", size=16, width=48)

    head = "mg-mono mg-strong"
    inputs = column(box("x0", "x₁"), box("x1", "x₂"), dots(), box("x2", "x_M"), gap=12, align="middle")
    functions = [box("G0", "G¹", width=76), box("G1", "G²", FIRST, 76), box("G2", "G³", width=76)]
    middle = column(*functions, dots(), box("G3", "G^N", width=76), gap=12, align="middle")
    results = [box("z0", "z₁"), box("z1", "z₂", FIRST), box("z2", "z₃")]
    right = column(*results, dots(), box("z3", "z_N"), gap=12, align="middle")
    body = row(inputs, middle, right, gap=78, align="middle")
    thin, strong = [], []
    for i in range(3):
        for j in range(4):
            start, end = body.places[f"x{i}"], body.places[f"G{j}"]
            ends = (start.right, start.middle[1]), (end.x - 2, end.middle[1])
            if j == 1:
                strong += arrow(*ends, FIRST_WAY)
            else:
                (x1, y1), (x2, y2) = ends
                thin.append(drawsvg.Line(short(x1), short(y1), short(x2 + 2), short(y2), class_="mg-frame"))
    body = body.with_marks(*strong, below=thin)
    for j in range(4):
        body = flow(body, [(f"G{j}", f"z{j}")], FIRST_WAY if j == 1 else "")
    columns = [body.places[key].middle[0] for key in ("x0", "G0", "z0")]
    heads = [written(words, 14, x, 14, head) for words, x in zip(("x", "G", "G(x)"), columns, strict=True)]
    return (
        column(Figure(body.width, 20, tuple(heads)), body, gap=8),
        "A function from tensor to tensor is many scalar functions",
        "Left, the input tensor x with the elements x one to x M. In the middle, boxes for the scalar "
        "functions G one to G N. Each box has lines from all inputs, and one arrow to one element of the "
        "result, z one to z N, on the right. One box, G two, is marked, with all its lines and its result.",
    )


def jacobian() -> Told:
    def big(key: object, words: str) -> Figure:
        return symbol_cell(key, words, width=76, height=46, size=17)

    bold = "mg-mono mg-strong"
    top = row(symbol("x₁", bold, width=76), symbol("x₂", bold, width=76), gap=6)
    cells = column(
        row(big((0, 0), "1"), big((0, 1), "0"), gap=6), row(big((1, 0), "x₂"), big((1, 1), "x₁"), gap=6), gap=6
    )
    names = column(
        *(column(blank(1, 14), symbol(words, bold, width=24), blank(1, 14), gap=0) for words in ("G¹", "G²")), gap=6
    )
    table = column(top, cells, gap=8)
    left = column(blank(1, top.height + 8), names, gap=0)
    noted = column(
        blank(1, top.height + 8 + 46 + 6 + 6), text("a row: the", size=12), text("gradient of G²", size=12), gap=0
    )
    turned = "translate(12 86) rotate(-90)"
    outputs = drawsvg.Text("outputs", 12, 0, 0, class_="mg-soft", text_anchor="middle", transform=turned)
    body = row(Figure(18, 20, (outputs,)), left, table, noted, gap=10)
    first, last = body.places[1, 0], body.places[1, 1]
    above, below = body.places[0, 0], body.places[1, 0]
    lit_row = Place(first.x, first.y, last.right - first.x, first.height)
    lit_column = Place(above.x, above.y - 27, above.width, below.bottom - above.y + 27 + 8)
    body = over(body, ring(lit_row, "mg-t0"), ring(lit_column, "mg-t1 mg-second", room=3))
    middle = (above.x + body.places[0, 1].right) / 2
    head = drawsvg.Text("inputs", 12, short(middle), 12, class_="mg-soft", text_anchor="middle")
    foot = drawsvg.Text("a column: all that x₁ does", 12, short(above.middle[0]), 24, text_anchor="middle")
    return (
        column(Figure(body.width, 18, (head,)), body, Figure(body.width, 28, (foot,)), gap=4),
        "The four derivatives of G, as a table",
        "A table of two rows and two columns. The rows are the outputs, G one and G two. The columns are the "
        "inputs, x one and x two. The row of G one holds 1 and 0. The row of G two holds x two and x one. The "
        "row of G two is marked as the gradient of G two. The column of x one is marked as all that x one "
        "does.",
    )


def chain_rule() -> Told:
    inputs = column(circle("x1", "x₁", FIRST), circle("x2", "x₂", SECOND), gap=62)
    results = column(circle("z1", "z₁"), circle("z2", "z₂"), gap=62)
    body = pad(row(inputs, results, circle("f", "f"), gap=98, align="middle"), 0, 22)
    at = body.places
    ways = [
        *between_circles(at["x2"], at["z1"], "mg-dashed"),
        *between_circles(at["x1"], at["z1"], FIRST_WAY),
        *between_circles(at["x1"], at["z2"], FIRST_WAY),
        *between_circles(at["x2"], at["z2"], SECOND_WAY),
        *between_circles(at["z1"], at["f"], "mg-strong"),
        *between_circles(at["z2"], at["f"], "mg-strong"),
    ]

    def label(words: str, start: str, end: str, along: float, up: float, kind: str = "mg-mono") -> Any:
        (x1, y1), (x2, y2) = at[start].middle, at[end].middle
        return written(words, 14, x1 + (x2 - x1) * along, y1 + (y2 - y1) * along + up, kind)

    labels = [
        label("1", "x1", "z1", 0.5, -8),
        label("x₂", "x1", "z2", 0.3, 20),
        label("x₁", "x2", "z2", 0.5, 20),
        label("0", "x2", "z1", 0.7, 22, "mg-mono mg-soft"),
        label("d₁", "z1", "f", 0.5, -10),
        label("d₂", "z2", "f", 0.5, 22),
    ]
    body = over(body, *ways, *labels)

    def path(kind: str, words: str) -> Figure:
        sample = Figure(42, 18, tuple(arrow((0, 10), (40, 10), kind)))
        return row(sample, symbol(words), gap=8, align="middle")

    legend = column(path(FIRST_WAY, "by x₁:  1 · d₁ + x₂ · d₂"), path(SECOND_WAY, "by x₂:  x₁ · d₂"), gap=4)
    return (
        column(body, legend, gap=4),
        "The chain rule as paths from the inputs to f",
        "Two nodes x one and x two on the left, z one and z two in the middle, f on the right. From x one, a "
        "path goes over z one with the factors 1 and d one, and a path over z two with the factors x two and "
        "d two. From x two, a path goes over z two with the factors x one and d two. The edge from x two to z "
        "one has the factor 0. The derivative by an input is the sum over its paths, and each path is the "
        "product of its factors.",
    )


def map_() -> Told:
    return (
        map_gradient(each("x"), [f"g′({x})" for x in each("x")], each("d")).figure,
        "The backward rule of a map: one arrow for each element",
        "Four columns. In each column an arrow leads from a cell of d at the bottom, through the factor g "
        "prime of x in the middle, up to the input cell at the top. No arrow crosses from one column to "
        "another. Beside it is the Jacobian: a square of four by four cells with the factors on the diagonal, "
        "and 0 elsewhere.",
    )


def zip_() -> Told:
    return (
        zip_gradient(each("a"), each("b"), ["g′_a"] * 4, ["g′_b"] * 4, each("d")).figure,
        "The backward rule of a zip: two arrows from each element of d",
        "Four columns. In each column the cell of d stands in the middle. One arrow leads up from it, through "
        "the factor g prime a, to the cell of a. One arrow leads down, through the factor g prime b, to the "
        "cell of b. No arrow crosses from one column to another. Beside it are two Jacobians, one by a and "
        "one by b. Both have the factors on the diagonal, and 0 elsewhere.",
    )


def broadcast() -> Told:
    def line(key: str, words: list[str]) -> Figure:
        return row(*(symbol_cell((key, i), word, width=36, height=32) for i, word in enumerate(words)), gap=0)

    def half(title: str, single: list[str], lines: list[list[str]], backwards: bool) -> Figure:
        small = column(
            *(
                symbol_cell(("one", i), word, kind, width=32, height=32)
                for i, (word, kind) in enumerate(zip(single, (FIRST, SECOND), strict=True))
            ),
            text("2 × 1", "mg-soft", size=11),
            gap=16,
            align="middle",
        )
        large = column(
            *(line(f"many{i}", words) for i, words in enumerate(lines)),
            text("2 × 3", "mg-soft", size=11),
            gap=16,
            align="middle",
        )
        body = row(small, large, gap=22)
        for i, kind in enumerate((FIRST_WAY, SECOND_WAY)):
            way = (("one", i), (f"many{i}", 0))
            body = flow(body, [way[::-1] if backwards else way], kind)
        return column(text(title, "mg-strong", size=12), body, gap=12, align="middle")

    copies = half("forwards: copies", ["a₁", "a₂"], [["a₁"] * 3, ["a₂"] * 3], False)
    sums = half("backwards: sums", ["Σ", "Σ"], [["d₁₁", "d₁₂", "d₁₃"], ["d₂₁", "d₂₂", "d₂₃"]], True)
    return (
        beside(copies, sums, gap=18),
        "Broadcasting copies forwards and sums backwards",
        "Left, forwards: a column of two cells, a one and a two. From each, an arrow leads to a row of three "
        "cells that hold the same value. Right, backwards: a table of two rows and three columns of incoming "
        "gradients. From each row an arrow leads to one cell, which holds the sum of the three.",
    )


def reduce() -> Told:
    def half(title: str, names: list[str], gradients: list[str], kind: str, way: str) -> Figure:
        cells = [
            column(
                symbol(name, width=44),
                symbol_cell(("x", i), gradient, kind if gradient == "d" else "", width=44, height=38),
                gap=4,
            )
            for i, (name, gradient) in enumerate(zip(names, gradients, strict=True))
        ]
        body = column(
            row(*cells, gap=6), symbol_cell("d", "d", "mg-heavy", width=44, height=34), gap=44, align="middle"
        )
        start = body.places["d"]
        marks = []
        for i, gradient in enumerate(gradients):
            end = body.places["x", i]
            if gradient == "d":
                marks += arrow((start.middle[0], start.y), (end.middle[0], end.bottom + 2), way)
        return column(text(title, "mg-strong"), over(body, *marks), gap=8, align="middle")

    return (
        beside(
            half("sum copies", each("x", 3), ["d", "d", "d"], FIRST, FIRST_WAY),
            half("max selects", ["2", "7", "4"], ["0", "d", "0"], SECOND, SECOND_WAY),
        ),
        "The backward rules of sum and max",
        "Left: three input cells under a sum. One incoming gradient d is copied into all three. Right: three "
        "input cells 2, 7 and 4 under a maximum. The incoming gradient d goes only to the cell with 7; the "
        "other two get 0.",
    )


def index() -> Told:
    def line(key: str, words: list[str], kinds: list[str], notes: list[str], above: bool) -> Figure:
        parts = []
        for i, (word, kind, note) in enumerate(zip(words, kinds, notes, strict=True)):
            cell = symbol_cell((key, i), word, kind, width=72, height=34)
            said = symbol(note, "mg-mono" if above else "mg-mono mg-soft", size=13 if above else 12, width=72)
            parts.append(column(said, cell, gap=3) if above else column(cell, said, gap=3))
        return row(*parts, gap=12)

    gradient = line("x", ["1 + 10", "0", "100"], [FIRST, "", SECOND], each("x", 3), True)
    incoming = line("d", ["1", "10", "100"], ["", "", ""], ["x[0]", "x[0]", "x[2]"], False)
    body = column(gradient, incoming, gap=50)
    at = body.places
    marks = []
    for start, end, shift, kind in ((0, 0, 0, FIRST_WAY), (1, 0, 14, FIRST_WAY), (2, 2, 0, SECOND_WAY)):
        ends = (at["d", start].middle[0], at["d", start].y), (at["x", end].middle[0] + shift, at["x", end].bottom + 2)
        marks += arrow(*ends, kind)
    names = [
        written(words, 12, 34, at[key, 0].middle[1] + 4, "mg-soft", "end") for words, key in (("grad", "x"), ("d", "d"))
    ]
    left = Figure(34, body.height, tuple(names))
    return (
        row(left, over(body, *marks), gap=10),
        "The backward rule of an index that repeats",
        "Three input cells x one, x two, x three on top. Three cells of incoming gradient below, 1, 10 and "
        "100, for an index 0, 0, 2. The arrows of 1 and 10 both lead to x one, which gets 11. No arrow leads "
        "to x two, which gets 0. The arrow of 100 leads to x three.",
    )


def matmul() -> Told:
    def matrix(name: str, rows: int, columns: int, lit: set[tuple[int, int]], asked: tuple[int, int] | None) -> Figure:
        def cell(i: int, j: int) -> Figure:
            kind = SECOND if (i, j) == asked else FIRST if (i, j) in lit else ""
            return symbol_cell((name, i, j), "?" if (i, j) == asked else "", kind, width=25, height=25)

        return column(*(row(*(cell(i, j) for j in range(columns)), gap=0) for i in range(rows)), gap=0)

    def half(title: str, formula: str, a: Figure, b: Figure, d: Figure) -> Figure:
        upper = row(blank(a.width, 1), row(symbol("b", width=12), b, gap=4, align="middle"), gap=2, align="end")
        named_a = column(symbol("a"), a, gap=2, align="middle")
        lower = row(named_a, row(d, symbol("d", width=10), gap=4, align="middle"), gap=18, align="end")
        body = column(upper, lower, gap=0)
        return column(text(title, "mg-strong"), body, symbol(formula, size=15), gap=10, align="middle")

    left = half(
        "gradient of a",
        "d @ b^T",
        matrix("a", 2, 3, set(), (0, 1)),
        matrix("b", 3, 2, {(1, 0), (1, 1)}, None),
        matrix("d", 2, 2, {(0, 0), (0, 1)}, None),
    )
    right = half(
        "gradient of b",
        "a^T @ d",
        matrix("a", 2, 3, {(0, 1), (1, 1)}, None),
        matrix("b", 3, 2, set(), (1, 0)),
        matrix("d", 2, 2, {(0, 0), (1, 0)}, None),
    )
    return (
        beside(left, right, gap=20),
        "The two backward rules of matmul",
        "Two copies of one picture: a, 2 by 3, stands left of out, 2 by 2, and b, 3 by 2, stands above out. "
        "Left copy: one cell of a is marked, in row 1 and column 2; with it row 1 of d and row 2 of b. Its "
        "gradient is the dot product of these two rows. Right copy: one cell of b is marked, in row 2 and "
        "column 1; with it column 1 of d and column 2 of a. Its gradient is the dot product of these two "
        "columns.",
    )


def computation() -> Told:
    x1, x2 = (minigrad.tensor(value, requires_grad=True) for value in (3.0, 2.0))
    picture = minigrad.draw.graph(x1 * x1 * x2, x1=x1, x2=x2)
    return picture.figure, "The graph of x one times x one times x two", picture.description


def heat_map() -> Told:
    x = minigrad.tensor([1.0, 2.0, 4.0, 8.0, 16.0])
    picture = minigrad.draw.jacobian(minigrad.jacobian(running_mean, x), output=2)
    return picture.figure, "The Jacobian of a running mean, with a spotlight on one output", picture.description


def running_mean(x: minigrad.Tensor) -> minigrad.Tensor:
    return (x[:-2] + x[1:-1] + x[2:]) / 3


DRAWN = {
    "scalar-functions": scalar_functions,
    "jacobian": jacobian,
    "chain-rule": chain_rule,
    "map": map_,
    "zip": zip_,
    "broadcast": broadcast,
    "reduce": reduce,
    "index": index,
    "matmul": matmul,
    "computation": computation,
    "heat-map": heat_map,
}
"""The pictures by the names of their files."""


WIDTH = 360
"""All have the same width, so that a page can show all in one size; it is that of a phone."""


def drawn(name: str) -> Picture:
    """One of them, in the middle of its width."""
    figure, title, description = DRAWN[name]()
    room = (WIDTH - figure.width) / 2
    return Picture(pad(figure, room, 6), title, description, margin=0)


def lesson_pictures() -> dict[str, str]:
    """All of them, by the paths of their files."""
    return {f"{FOLDER}/{name}.svg": f"{drawn(name).svg}\n" for name in DRAWN}


if __name__ == "__main__":
    for path, svg in lesson_pictures().items():
        (Path(__file__).parents[2] / path).write_text(svg, encoding="utf-8")
