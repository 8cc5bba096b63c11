"""Part 5, gradients: puzzles 51 to 60, Jacobians of operations that move, mix or slide.

Inputs and outputs may have several dimensions, and a function may have two inputs: then it has two Jacobians. The
reference is minigrad's ``jacobian`` of the operation itself, as for puzzles 41 to 50. The usual mistakes stand in the
table beside the operation that they are made in; those that any Jacobian can have are known to the comparison in
``gradients.py``. The table ``SPECS`` at the end is read from top to bottom.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod
from typing import Any

import numpy as np

from minigrad.workbook.checks import operands
from minigrad.workbook.checks.gradients import jacobian
from minigrad.workbook.checks.operands import cases
from minigrad.workbook.checks.part5_jacobians import jacobian_of
from minigrad.workbook.checks.usual_mistakes import Usual
from minigrad.workbook.spec import Arguments, Array, Dims, FunctionSpec, Rule

PART = "part5_gradients"

Operation = Callable[..., Any]
"""A function of minigrad's tensors, by the names that the puzzle's arguments have."""


def _reference(operation: Operation) -> Callable[..., Any]:
    """What a puzzle expects: the Jacobian, or a tuple with one for each argument that is an array."""

    def reference(**arguments: Any) -> Any:
        import minigrad

        inputs = {name: value for name, value in arguments.items() if isinstance(value, np.ndarray)}
        still = {**arguments, **{name: minigrad.tensor(value) for name, value in inputs.items()}}
        found = tuple(jacobian_of(_by(operation, name, still), value) for name, value in inputs.items())
        return found if len(found) > 1 else found[0]

    return reference


def _by(operation: Operation, name: str, still: Arguments) -> Operation:
    """The operation as a function of one argument, while the others are held still."""
    return lambda moved: operation(**{**still, name: moved})


def _puzzle(
    number: int,
    name: str,
    operation: Operation,
    build: Callable[..., Arguments],
    *tables: Sequence[Any],
    hints: tuple[str, str, str],
    usual: Sequence[Usual] = (),
    outputs: int | Callable[[Arguments], int] = 1,
) -> FunctionSpec:
    example = build(*(table[0] for table in tables))
    inputs = [each for each, value in example.items() if isinstance(value, np.ndarray)]
    names = [f"J_{each}" for each in inputs] if len(inputs) > 1 else []
    reference = _reference(operation)

    def remark(arguments: Arguments) -> str:
        found = reference(**arguments)
        first = found[0] if names else found
        shape = first.shape[: outputs if isinstance(outputs, int) else outputs(arguments)]
        given = " and ".join(f"{each} of shape {arguments[each].shape}" for each in inputs)
        return f"Outputs: shape {shape}. Inputs: {given}."

    rule = Rule(
        name=name,
        parameters=tuple(example),
        reference=reference,
        cases=cases(build, *tables),
        compare=jacobian(*names, outputs=outputs, usual=usual),
        remark=remark,
    )
    return FunctionSpec(number=number, name=name, part=PART, rules=(rule,), hints=hints)


_VECTORS: tuple[Dims, ...] = ((2,), (3,), (1,), (4,), (5,))

_MATRICES: tuple[Dims, ...] = ((1, 2), (2, 1), (2, 2), (2, 3), (3, 2), (1, 1), (3, 4))

_FEW = range(2)
"""Seeds for operations whose Jacobian does not depend on the values."""


def _x(shape: Dims, seed: int) -> Arguments:
    return {"x": operands.anything(shape, seed, 1)}


def _x_and(other: str) -> Callable[[tuple[Dims, Dims], int], Arguments]:
    def build(shapes: tuple[Dims, Dims], seed: int) -> Arguments:
        return {"x": operands.anything(shapes[0], seed, 1), other: operands.anything(shapes[1], seed, 2)}

    return build


def _twice(shapes: Sequence[Dims]) -> tuple[tuple[Dims, Dims], ...]:
    return tuple((shape, shape) for shape in shapes)


# 51: the mean of what came so far


def _running_mean(x: Any) -> Any:
    import minigrad

    return x.cumsum(0) / minigrad.tensor(np.arange(1.0, x.shape[0] + 1))


# 52: sorting moves, and the values say where


def _distinct(shape: Dims, seed: int) -> Arguments:
    """Numbers of which no two are equal: a pattern, then halves in some order."""
    if seed == 0:
        return _x(shape, seed)
    return {"x": (np.random.default_rng(seed).permutation(prod(shape)) - 2) / 2}


def _sort(x: Any) -> Any:
    return x.sort().values


# 55 and 60: a window slides


def _conv1d(x: Any, w: Any) -> Any:
    import minigrad

    return minigrad.conv1d(x.view(1, *x.shape), w.view(1, 1, *w.shape))[0]


def _conv2d(x: Any, w: Any) -> Any:
    import minigrad

    return minigrad.conv2d(x.view(1, *x.shape), w.view(1, 1, *w.shape))[0]


def _of_windows(operation: Operation) -> tuple[Usual, ...]:
    """What goes wrong with a window, along one dimension or two."""
    reference = _reference(operation)

    def turned(x: Array, w: Array) -> tuple[Array, Array]:
        of_x, of_w = reference(x=x, w=np.flip(w))
        return of_x, np.flip(of_w, tuple(range(w.ndim, 2 * w.ndim)))

    def full(x: Array, w: Array) -> list[tuple[Array, Array]]:
        padded = np.pad(x, [(size - 1, size - 1) for size in w.shape])
        inner = tuple(slice(size - 1, size - 1 + of) for size, of in zip(w.shape, x.shape, strict=True))
        both = [reference(x=padded, w=w), turned(padded, w)]
        return [(of_x[(..., *inner)], of_w) for of_x, of_w in both]

    return (
        Usual("a window that is turned round: w begins where the window begins", turned),
        Usual("a window that reaches over the ends of x: here it stays inside", full),
    )


# 56: one row of numbers in another shape

_VIEWS: tuple[tuple[Dims, Dims], ...] = (
    *(((4,), (2, 2)), ((2, 2), (4,)), ((1, 2), (2, 1)), ((2, 1), (2,)), ((2, 3), (3, 2)), ((6,), (3, 2)), ((1,), (1,))),
    *(((1, 1), (1,)), ((2, 3), (6,)), ((3, 2), (1, 6)), ((2, 1, 3), (3, 2)), ((2, 3), (3, 1, 2)), ((2, 2, 2), (4, 2))),
)


def _view_case(shapes: tuple[Dims, Dims], seed: int) -> Arguments:
    return {**_x(shapes[0], seed), "shape": shapes[1]}


def _view(x: Any, shape: Dims) -> Any:
    return x.view(*shape)


def _eye(shape: Dims) -> Array:
    return np.eye(prod(shape)).reshape(*shape, *shape)


# 59: rows meet columns

_PRODUCTS: tuple[tuple[Dims, Dims], ...] = tuple(
    ((rows, inner), (inner, cols))
    for rows, inner, cols in (
        *((1, 2, 1), (2, 1, 1), (1, 1, 2), (2, 2, 1), (1, 2, 2), (2, 2, 2), (2, 3, 2), (2, 1, 2), (3, 2, 4)),
        *((1, 1, 1), (1, 3, 1)),
    )
)


def _without_deltas(x: Array, y: Array) -> tuple[Array, Array]:
    rows, cols = len(x), y.shape[1]
    of_x = np.broadcast_to(y.T[None, :, None, :], (rows, cols, *x.shape))
    return of_x, np.broadcast_to(x[:, None, :, None], (rows, cols, *y.shape))


def _other_way_round(x: Array, y: Array) -> tuple[Array | None, Array | None]:
    of_x = np.einsum("ia,jb->ijab", np.eye(len(x)), y) if y.shape[0] == y.shape[1] else None
    of_y = np.einsum("ai,jb->ijab", x, np.eye(y.shape[1])) if x.shape[0] == x.shape[1] else None
    return of_x, of_y


SPECS: tuple[FunctionSpec, ...] = (
    _puzzle(
        51,
        "jacobian_running_mean",
        _running_mean,
        _x,
        _VECTORS,
        _FEW,
        usual=(
            Usual("the Jacobian of a sum: of a mean, it is divided", lambda x: np.tri(len(x))),
            Usual(
                "a division by the length of x: output i is the mean of i + 1 elements",
                lambda x: np.tri(len(x)) / len(x),
            ),
            Usual(
                "a division by the input's place: the output's place says how many elements are in its mean",
                lambda x: np.tri(len(x)) / np.arange(1, len(x) + 1),
            ),
            Usual(
                "the mean of all elements: output i is made of those up to i",
                lambda x: np.full((len(x), len(x)), 1 / len(x)),
            ),
        ),
        hints=(
            "Write down f for three elements, one formula for each output. How much does each formula change when "
            "only x[1] changes by 1?",
            "Output i is made of the elements up to i, each with the same weight, and of no later one. So its row "
            "holds one number, i + 1 times, and then zeros.",
            "`np.tri` gives ones up to the diagonal and zeros behind it. Divide row i by i + 1: a column of divisors, "
            "with a second dimension of size 1, divides whole rows.",
        ),
    ),
    _puzzle(
        52,
        "jacobian_sort",
        _sort,
        _distinct,
        ((3,), *(shape for shape in _VECTORS if shape != (3,))),  # of three, the way there is not the way back
        operands.SEEDS,
        usual=(
            Usual(
                "the way back: row i has its 1 where the element stands in x that comes to place i",
                lambda x: np.eye(len(x))[np.argsort(np.argsort(x))],
            ),
            Usual("the identity: sorting moves elements", lambda x: np.eye(len(x))),
            Usual("sorting from the largest to the smallest", lambda x: np.eye(len(x))[np.argsort(-x)]),
            Usual("the sorted elements where the 1s belong", lambda x: np.eye(len(x))[np.argsort(x)] * x),
        ),
        hints=(
            "Take 30, 10, 20. Which input does the first output come from? If that input grows a little, by how much "
            "does the output grow?",
            "Each output is a copy of one input, so each row has a single 1. While the inputs move a little, their "
            "order stays the same.",
            "`np.argsort` says for each output which input it comes from. The rows of an identity matrix are what you "
            "need, in that order.",
        ),
    ),
    _puzzle(
        53,
        "jacobian_elementwise_mean",
        lambda x, y: (x + y) / 2,
        _x_and("y"),
        _twice(_VECTORS),
        _FEW,
        usual=(
            Usual("the Jacobian of a sum: of a mean, it is divided", lambda x, y: (np.eye(len(x)),) * 2),
            Usual(
                "a division by the length of x: each mean is one of two numbers",
                lambda x, y: (np.eye(len(x)) / len(x),) * 2,
            ),
            Usual(
                "a table without zeros: output i depends on element i alone",
                lambda x, y: (np.full((len(x), len(x)), 0.5),) * 2,
            ),
        ),
        hints=(
            "Hold y still, and let x[0] grow by 1. Which outputs change, and by how much? Then hold x still.",
            "Element i of the result depends on x[i] and on y[i], and on nothing else. What does that say about all "
            "numbers that are not on the diagonal?",
            "x and y can change places without any change of f. So both Jacobians are the same, and each is an "
            "identity matrix times a number.",
        ),
    ),
    _puzzle(
        54,
        "jacobian_mul",
        lambda x, y: x * y,
        _x_and("y"),
        _twice(_VECTORS),
        operands.SEEDS,
        usual=(
            Usual("the identity: a product changes by the other factor", lambda x, y: (np.eye(len(x)),) * 2),
            Usual("the products on the diagonal, not their derivatives", lambda x, y: (np.diag(x * y),) * 2),
            Usual(
                "a table of all products' factors: output i depends on element i alone",
                lambda x, y: [(np.tile(y, (len(x), 1)), np.tile(x, (len(x), 1)))],
            ),
        ),
        hints=(
            "Hold y still. Then f multiplies each element of x by a number that does not move. What is the derivative "
            "of 5 · x?",
            "All derivatives are on the diagonals, as for every zip. On that of x stand the numbers that x is "
            "multiplied by.",
            "`np.diag` of a vector is the matrix that has it on its diagonal. Take care which vector belongs to which "
            "Jacobian.",
        ),
    ),
    _puzzle(
        55,
        "jacobian_conv1d",
        _conv1d,
        _x_and("w"),
        tuple(((length,), (k,)) for length, k in ((3, 2), (2, 2), (2, 1), (4, 2), (4, 3), (1, 1), (5, 3), (3, 3))),
        operands.SEEDS,
        usual=_of_windows(_conv1d),
        hints=(
            "Write down f for four elements of x and two of w, one formula for each output. Read off what stands "
            "beside each element of x, then what stands beside each element of w.",
            "In a row of J_x stands w, pushed one place to the right from row to row, among zeros. In a row of J_w "
            "stand the elements of x that the window sees there.",
            "For J_w, `sliding_window_view` of `np.lib.stride_tricks` has all windows of x as rows. J_x has w[j] "
            "along a diagonal, j places above the main one: `np.eye` makes those too, in tables that are not square.",
        ),
    ),
    _puzzle(
        56,
        "jacobian_view",
        _view,
        _view_case,
        _VIEWS,
        _FEW,
        outputs=lambda arguments: len(arguments["shape"]),
        usual=(
            Usual(
                "a view that counts column by column: elements stay in their order, row by row",
                lambda x, shape: np.eye(x.size).reshape(*shape, *x.shape, order="F"),
            ),
            Usual(
                "a view that counts column by column: elements stay in their order, row by row",
                lambda x, shape: np.moveaxis(
                    np.stack([row.reshape(shape, order="F") for row in np.eye(x.size)]), 0, -1
                ).reshape(*shape, *x.shape),
            ),
        ),
        hints=(
            "Number the elements of x row by row, and those of the result too. Which output is element 3 of x?",
            "If both x and the result were one long row, nothing would move at all. You know the Jacobian of a "
            "function that does nothing.",
            "Begin with the identity matrix of all elements: one row for each output, one column for each input. Then "
            "give the rows the shape of the result, and the columns that of x.",
        ),
    ),
    _puzzle(
        57,
        "jacobian_transpose",
        lambda x: x.permute(1, 0),
        _x,
        _MATRICES,
        _FEW,
        outputs=2,
        usual=(
            Usual(
                "the Jacobian of a view: the elements change their order too",
                lambda x: np.eye(x.size).reshape(*x.shape[::-1], *x.shape),
            ),
            Usual("the Jacobian of doing nothing: rows become columns", lambda x: _eye(x.shape)),
            Usual(
                "the Jacobian of doing nothing, with all its dimensions turned round",
                lambda x: np.transpose(_eye(x.shape)),
            ),
        ),
        hints=(
            "Which element of x is the one in row 2, column 0 of the result? Only there the derivative is 1.",
            "A function that does nothing to a matrix has a Jacobian with four dimensions, too: 1 where the first two "
            "indices are the last two. Its outputs stand in the wrong order.",
            "Make that Jacobian from an identity matrix, in the shape rows × cols × rows × cols. Then exchange the "
            "dimensions that belong to the output, and leave those of the input alone.",
        ),
    ),
    _puzzle(
        58,
        "jacobian_mean_rows",
        lambda x: x.mean(1),
        _x,
        ((2, 3), *(shape for shape in _MATRICES if shape != (2, 3))),  # a square hides which size it is
        _FEW,
        usual=(
            Usual(
                "the Jacobian of a sum: of a mean, it is divided",
                lambda x: np.einsum("ia,b->iab", np.eye(len(x)), np.ones(x.shape[1])),
            ),
            Usual(
                "a division by the number of rows: each row has its own mean, of as many elements as there are columns",
                lambda x: np.einsum("ia,b->iab", np.eye(len(x)), np.ones(x.shape[1])) / len(x),
            ),
            Usual(
                "a division by the number of all elements: each row has a mean of its own",
                lambda x: np.einsum("ia,b->iab", np.eye(len(x)), np.ones(x.shape[1])) / x.size,
            ),
            Usual(
                "the means of the columns, not of the rows",
                lambda x: np.einsum("ib,a->iab", np.eye(x.shape[1]), np.ones(len(x))) / len(x),
            ),
            Usual(
                "a mean that depends on every row: output i depends on row i alone",
                lambda x: np.full((len(x), *x.shape), 1 / x.shape[1]),
            ),
        ),
        hints=(
            "How many outputs are there, and how many inputs? So how many dimensions has the Jacobian, and how long is "
            "each of them?",
            "Which elements of x are in the mean of row 0? Each of them counts as much as the others. The elements of "
            "other rows don't count at all.",
            "An identity matrix with a row for each row of x says which rows belong together. Give it one dimension "
            "more, and repeat each number along it, divided by how many there are.",
        ),
    ),
    _puzzle(
        59,
        "jacobian_matmul",
        lambda x, y: x @ y,
        _x_and("y"),
        _PRODUCTS,
        operands.SEEDS,
        outputs=2,
        usual=(
            Usual(
                "a product whose rows all depend on all rows: element (i, j) depends on row i of x and column j of y",
                _without_deltas,
            ),
            Usual("an operand with its rows and columns exchanged", _other_way_round),
        ),
        hints=(
            "Write out element (0, 1) of the result, for 2 × 2 matrices. Which elements of x are in it, and what "
            "stands beside each?",
            "By x[a, b], the derivative of output (i, j) is 0 unless a is i; then it is y[b, j]. Find such a sentence "
            "for the derivative by y[a, b].",
            "A condition such as a = i is an identity matrix with indices i and a. `np.einsum` multiplies two matrices "
            "with four different indices into an array with four dimensions, in any order.",
        ),
    ),
    _puzzle(
        60,
        "jacobian_conv2d",
        _conv2d,
        _x_and("w"),
        (
            *(
                ((2, 2), (1, 2)),
                ((2, 2), (2, 1)),
                ((2, 2), (2, 2)),
                ((2, 3), (2, 2)),
                ((3, 3), (2, 2)),
                ((1, 1), (1, 1)),
            ),
            *(((3, 2), (2, 1)), ((3, 4), (2, 3)), ((4, 3), (3, 1)), ((2, 3), (1, 1))),
        ),
        operands.SEEDS,
        outputs=2,
        usual=_of_windows(_conv2d),
        hints=(
            "Fix one output, (i, j). Its derivatives by all of x make a matrix of the shape of x, and those by all of "
            "w one of the shape of w. What do the two look like?",
            "By w, they are the window of x that begins at (i, j). By x, they are w itself, laid over that window, "
            "among zeros.",
            "`sliding_window_view` of `np.lib.stride_tricks` takes the shape of a window and has all windows at once. "
            "For J_x, begin with zeros, and for each output write w into the slice where its window lies.",
        ),
    ),
)
