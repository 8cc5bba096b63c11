"""Part 5, gradients: puzzles 41 to 50, Jacobians in one line.

Each is a plain function of a float64 array ``x`` with one dimension, and of constants. What is asked for is a matrix
with a row for each output of f and a column for each element of ``x``; an f with a single output has a row all the
same. The reference is the same for all: minigrad's ``jacobian`` of the operation that the statement writes as a
formula. The usual mistakes stand beside the functions that they are made in. The table ``SPECS`` at the end is read
from top to bottom; puzzles 51 to 60 are in ``part5_more_jacobians.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from minigrad.workbook.checks import operands
from minigrad.workbook.checks.gradients import jacobian
from minigrad.workbook.checks.operands import Draw, cases
from minigrad.workbook.checks.usual_mistakes import Usual
from minigrad.workbook.spec import Arguments, Array, FunctionSpec, Rule

PART = "part5_gradients"


def jacobian_of(f: Callable[..., Any], x: Array, **constants: Any) -> Array:
    """The Jacobian of ``f(x, **constants)`` by ``x``, outputs before inputs, by minigrad."""
    import minigrad

    found = minigrad.jacobian(lambda tensor: f(tensor, **constants), minigrad.tensor(x))
    return np.asarray(found, np.float64) + 0.0  # which makes a 0.0 of each -0.0


def _rule(
    name: str,
    parameters: tuple[str, ...],
    f: Callable[..., Any],
    drawn: Callable[[], Any],
    *usual: Usual,
    about: Callable[[Array], str] = lambda x: "",
) -> Rule:
    def reference(x: Array, **constants: Any) -> Array:
        return jacobian_of(f, x, **constants)

    def remark(arguments: Arguments) -> str:
        outputs, inputs = reference(**arguments).shape
        size = f"f has {_counted(outputs, 'output')} and {_counted(inputs, 'input')}"
        return f"{size}, so the Jacobian is {outputs} × {inputs}.{about(arguments['x'])}"

    return Rule(
        name=name,
        parameters=parameters,
        reference=reference,
        cases=drawn,
        compare=jacobian(usual=usual),
        remark=remark,
    )


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


# What is drawn: one entry of each table, the most readable entries first

_SIZES = (3, 2, 1, 4, 6)

_CONSTANTS = (3.0, -2.0, 0.5, 1.0, 0.0)

_TIMES = (3, 2, 1, 4, 6)

_SLICES = (
    *((3, 1, 3), (3, 0, 2), (5, 2, 3), (2, 0, 1), (2, 1, 2), (4, 1, 3), (1, 0, 1), (2, 0, 2), (6, 2, 5)),
    *((3, 1, 1), (1, 0, 0), (2, 2, 2)),
)
"""The number of elements, and where the slice starts and stops; the last ones are empty."""


def _elements(draw: Draw = operands.anything) -> Callable[[], Any]:
    return cases(lambda size, seed: {"x": draw((size,), seed, 1)}, _SIZES, operands.SEEDS)


def _scaled(size: int, c: float, seed: int) -> Arguments:
    return {"x": operands.anything((size,), seed, 1), "c": c}


def _repeated(times: int, seed: int) -> Arguments:
    return {"x": operands.anything((1,), seed, 1), "n": times}


def _sliced(place: Sequence[int], seed: int) -> Arguments:
    size, start, stop = place
    return {"x": operands.anything((size,), seed, 1), "start": start, "stop": stop}


# What many of them have in common


def _on_the_diagonal(says: str, values: Callable[..., Array]) -> Usual:
    """Other numbers than the derivatives, where the derivatives belong."""
    return Usual(says, lambda **given: np.diag(values(**given)))


def _itself(values: Callable[..., Array]) -> Usual:
    """What f returns, on the diagonal or as it is."""
    return Usual(
        "f(x) itself: its derivatives belong there",
        lambda **given: [np.diag(values(**given)), values(**given)],
    )


def _everywhere(f: Callable[..., Any]) -> Usual:
    """The derivatives of a map, in every row or in every column."""

    def gives(x: Array, **constants: Any) -> list[Array]:
        slopes = np.diagonal(jacobian_of(f, x, **constants))
        rows = np.broadcast_to(slopes, (x.size, x.size))
        return [rows, rows.T]

    return Usual("a matrix that is full: output i depends on x[i] alone, so the others have 0 in its row", gives)


def _without_its_row(f: Callable[..., Any]) -> Usual:
    return Usual(
        "a gradient, without a dimension for the outputs: there is one, so the Jacobian has one row",
        lambda x: jacobian_of(f, x)[0],
    )


def _alike_in_shape(says: str, values: Callable[..., Array]) -> Usual:
    """Other numbers for a single row or a single column, whichever way they stand."""

    def gives(**given: Any) -> list[Array]:
        numbers = values(**given)
        return [numbers[None], numbers[:, None], numbers]

    return Usual(says, gives)


# f, by number, on minigrad's tensors


def _scale(x: Any, c: float) -> Any:
    return x * c


def _cos(x: Any) -> Any:
    return x.cos()


def _mean(x: Any) -> Any:
    return x.mean(0, True)


def _product(x: Any) -> Any:
    return x.prod(0, True)


def _about_zeros(x: Array) -> str:
    zeros = int((x == 0).sum())
    return f" {_counted(zeros, 'element')} of x {'is' if zeros == 1 else 'are'} 0." if zeros else ""


def _shared_by_division(x: Array) -> list[Array]:
    """The product divided by each element, as it comes and with 0 where that is no number."""
    quotients = x.prod() / x[None]
    return [quotients, quotients[0], np.nan_to_num(quotients, posinf=0, neginf=0), np.nan_to_num(quotients[0])]


def _without_zeros(x: Array) -> list[Array]:
    """The product of the elements that are not 0, divided by each, for all elements or for zeros alone."""
    kept = np.where(x == 0, 1, x)
    return [(kept.prod() / kept)[None], np.where(x == 0, kept.prod(), 0.0)[None]]


def _repeat(x: Any, n: int) -> Any:
    return x.expand(n)


def _repeat_scale(x: Any, n: int) -> Any:
    import minigrad

    return x * minigrad.tensor(np.arange(1.0, n + 1))


def _neg(x: Any) -> Any:
    return -x


def _relu(x: Any) -> Any:
    return x.relu()


def _slice(x: Any, start: int, stop: int) -> Any:
    return x[start:stop]


def _in_slice(x: Array, start: int, stop: int) -> Array:
    """1 for each element that is in the slice, 0 for the others."""
    place = np.arange(x.size)
    return 1.0 * ((start <= place) & (place < stop))


def _cumsum(x: Any) -> Any:
    return x.cumsum(0)


SPECS = (
    FunctionSpec(
        number=41,
        name="jacobian_scale",
        part=PART,
        rules=(
            _rule(
                "jacobian_scale",
                ("x", "c"),
                _scale,
                cases(_scaled, _SIZES, _CONSTANTS, operands.SEEDS),
                _itself(lambda x, c: c * x),
                _on_the_diagonal("how f changes with c: here x moves, and c is still", lambda x, c: x),
                _everywhere(_scale),
            ),
        ),
        hints=(
            "Let only x[0] grow by 1. By how much does f(x)[0] grow, and by how much does f(x)[1]? These two numbers "
            "are the top of the first column.",
            "The same number stands at each place of the diagonal, and 0 at all others. How many rows are there?",
            "NumPy makes the matrix with ones on the diagonal: `np.eye`. What is left to do is one multiplication.",
        ),
    ),
    FunctionSpec(
        number=42,
        name="jacobian_cos",
        part=PART,
        rules=(
            _rule(
                "jacobian_cos",
                ("x",),
                _cos,
                _elements(),
                _on_the_diagonal(
                    "a minus that is lost: the cosine falls where the sine is positive", lambda x: np.sin(x)
                ),
                _itself(lambda x: np.cos(x)),
                _everywhere(_cos),
            ),
        ),
        hints=(
            "Which outputs move when only x[j] does? That tells you where the Jacobian is not 0.",
            "The derivative of the cosine stands in a book. Evaluate it at each element of `x`: that gives n numbers, "
            "one for each place on the diagonal.",
            "`np.diag` turns an array with one dimension into a matrix with these numbers on its diagonal. Mind the "
            "sign: from 0 on, the cosine falls.",
        ),
    ),
    FunctionSpec(
        number=43,
        name="jacobian_mean",
        part=PART,
        rules=(
            _rule(
                "jacobian_mean",
                ("x",),
                _mean,
                _elements(),
                _without_its_row(_mean),
                _alike_in_shape(
                    "the Jacobian of a sum: a mean divides by the number of elements", lambda x: np.ones(x.size)
                ),
                _alike_in_shape("the parts of the mean itself: x moves, and its derivative is 1", lambda x: x / x.size),
            ),
        ),
        hints=(
            "How many outputs are there, and how many inputs? Write down the shape before you think about numbers.",
            "Let one element grow by 1. The sum grows by 1 too; and the mean? Does it matter which element it was?",
            "All numbers are the same, so one call that fills an array is enough: `np.full` takes a shape and a "
            "number. The shape has two sizes.",
        ),
    ),
    FunctionSpec(
        number=44,
        name="jacobian_product",
        part=PART,
        rules=(
            _rule(
                "jacobian_product",
                ("x",),
                _product,
                _elements(operands.with_zeros),
                _without_its_row(_product),
                Usual(
                    "the product divided by each element: by 0 one cannot divide; multiply the others",
                    _shared_by_division,
                ),
                Usual("a product without the zeros: only x[j] is left out of column j", _without_zeros),
                _alike_in_shape(
                    "the whole product: x[j] itself has to be left out of column j",
                    lambda x: np.full_like(x, x.prod()),
                ),
                about=_about_zeros,
            ),
        ),
        hints=(
            "Of x[0] · x[1] · x[2], let only x[1] move. What is it multiplied by? Is that still a number if x[1] is 0?",
            "Column j is the product of all elements but x[j]. To leave an element out of a product is the same as to "
            "put a 1 in its place.",
            "Make a matrix whose row j is `x` with a 1 at place j: `np.where` chooses between 1 and `x`, and the "
            "identity says where. Multiply along its rows, and give the result a first dimension.",
        ),
    ),
    FunctionSpec(
        number=45,
        name="jacobian_repeat",
        part=PART,
        rules=(
            _rule(
                "jacobian_repeat",
                ("x", "n"),
                _repeat,
                cases(_repeated, _TIMES, operands.SEEDS),
                Usual("the identity: there is one input, so the Jacobian has one column", lambda x, n: np.eye(n)),
                _alike_in_shape("f(x) itself: its derivatives belong there", lambda x, n: np.repeat(x, n)),
                _alike_in_shape("a mean: each copy is all of x[0]", lambda x, n: np.full(n, 1 / n)),
            ),
        ),
        hints=(
            "How many outputs are there, and how many inputs? The outputs are the rows.",
            "Let x[0] grow by 1. By how much does each of the copies grow?",
            "One call makes an array full of ones, and `x` is not needed for it. What is left is the shape: as many "
            "rows as there are copies, and a single column.",
        ),
    ),
    FunctionSpec(
        number=46,
        name="jacobian_repeat_scale",
        part=PART,
        rules=(
            _rule(
                "jacobian_repeat_scale",
                ("x", "n"),
                _repeat_scale,
                cases(_repeated, _TIMES, operands.SEEDS),
                _alike_in_shape("factors that begin at 0: the first is 1", lambda x, n: np.arange(float(n))),
                _alike_in_shape("copies without their factors: output i is i + 1 times x[0]", lambda x, n: np.ones(n)),
                _alike_in_shape("f(x) itself: its derivatives belong there", lambda x, n: x[0] * np.arange(1.0, n + 1)),
                Usual(
                    "the factors on a diagonal: there is one input, so the Jacobian has one column",
                    lambda x, n: np.diag(np.arange(1.0, n + 1)),
                ),
            ),
        ),
        hints=(
            "Let x[0] grow by 1. By how much does output 0 grow, and by how much does output 1?",
            "The factors themselves are the derivatives: 1, 2, 3 and so on, one for each output. They do not begin "
            "at 0.",
            "`np.arange` counts; begin with 1.0 to get floats. It returns one dimension, and the inputs need one more: "
            "`[:, None]` adds it behind.",
        ),
    ),
    FunctionSpec(
        number=47,
        name="jacobian_neg",
        part=PART,
        rules=(
            _rule(
                "jacobian_neg",
                ("x",),
                _neg,
                _elements(),
                _itself(lambda x: -x),
                _everywhere(_neg),
            ),
        ),
        hints=(
            "It is puzzle 41 with a constant that you know. Which?",
            "Multiply the matrix by `x` in your head: the result has to be −x. What stands on its diagonal, and what "
            "beside it?",
            "A minus in front of an array is a minus in front of each of its elements. Which matrix has to be negated?",
        ),
    ),
    FunctionSpec(
        number=48,
        name="jacobian_relu",
        part=PART,
        rules=(
            _rule(
                "jacobian_relu",
                ("x",),
                _relu,
                _elements(operands.tied),
                _on_the_diagonal("a relu that rises at 0: there, its derivative counts as 0", lambda x: 1.0 * (x >= 0)),
                _on_the_diagonal(
                    "a relu whose derivative at 0 is one half: there, it counts as 0", lambda x: (np.sign(x) + 1) / 2
                ),
                _itself(lambda x: np.maximum(x, 0)),
                _on_the_diagonal("elements below 0 that come through, with another sign", lambda x: np.sign(x)),
                _everywhere(_relu),
                about=_about_zeros,
            ),
        ),
        hints=(
            "There are two kinds of elements. How fast does an element above 0 come through, and how fast one below?",
            "A comparison of `x` gives an array of truth values, which is right in the places where it is True. At 0 "
            "it has to be False.",
            "Truth values are no floats yet: multiply them by a 1.0, or choose between two floats with `np.where`. "
            "Then the numbers have to go to the diagonal.",
        ),
    ),
    FunctionSpec(
        number=49,
        name="jacobian_slice",
        part=PART,
        rules=(
            _rule(
                "jacobian_slice",
                ("x", "start", "stop"),
                _slice,
                cases(_sliced, _SLICES, operands.SEEDS),
                Usual(
                    "columns for the slice alone: all elements of x are inputs",
                    lambda x, start, stop: np.eye(stop - start),
                ),
                Usual(
                    "rows for outputs that are not there: only what is in the slice is an output",
                    lambda x, start, stop: np.diag(_in_slice(x, start, stop)),
                ),
                Usual(
                    "a slice with its end: stop itself is not in it",
                    lambda x, start, stop: np.eye(x.size)[start : stop + 1],
                ),
                Usual(
                    "a stop that counts elements from start on: it counts from the beginning of x",
                    lambda x, start, stop: np.eye(x.size)[start : start + stop],
                ),
                Usual(
                    "the elements themselves: their derivatives belong there",
                    lambda x, start, stop: np.diag(x)[start:stop],
                ),
                Usual(
                    "a slice from the beginning: it starts at start",
                    lambda x, start, stop: np.eye(stop - start, x.size),
                ),
            ),
        ),
        hints=(
            "Output 0 is x[start]. Which derivatives stand in row 0: how many are there, and which one is not 0?",
            "Each row has a single 1. In row 0 it is in column `start`, and in each further row one column further to "
            "the right. How many rows are there?",
            "The rows that you need all stand in the identity with a row for each element of `x`. Its rows can be "
            "sliced like the elements of `x`.",
        ),
    ),
    FunctionSpec(
        number=50,
        name="jacobian_cumsum",
        part=PART,
        rules=(
            _rule(
                "jacobian_cumsum",
                ("x",),
                _cumsum,
                _elements(),
                Usual("sums that stop too early: x[i] is in output i", lambda x: np.tri(x.size, k=-1)),
                Usual("sums that stop too late: x[i + 1] is not in output i", lambda x: np.tri(x.size, k=1)),
                Usual("sums of all elements: only those up to x[i] are in output i", lambda x: np.ones((x.size,) * 2)),
                Usual("a Jacobian of no sum: all elements up to x[i] are in output i", lambda x: np.eye(x.size)),
                Usual("the terms themselves: their derivative is 1", lambda x: np.tri(x.size) * x),
            ),
        ),
        hints=(
            "Write row 2 down for an `x` of 4 elements: which elements does x[0] + x[1] + x[2] contain?",
            "Row i has ones up to column i, and zeros behind it. Together the ones are a triangle. Below or above the "
            "diagonal?",
            "NumPy makes a triangle of ones in one short call, `np.tri`; another way is to sum the rows of the "
            "identity from the top, with the very function that the puzzle is about.",
        ),
    ),
)
