"""Part 5, gradients: puzzles 68 and 69, the backward rules of what only moves elements, and of matmul."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from math import prod

import numpy as np

from minigrad.workbook.checks import operands
from minigrad.workbook.checks.gradients import gradient, gradients
from minigrad.workbook.checks.operands import cases
from minigrad.workbook.checks.part5_rules import PART, autodiff
from minigrad.workbook.checks.part5_sum_rules import grown
from minigrad.workbook.checks.usual_mistakes import Usual, without_d
from minigrad.workbook.spec import Arguments, Array, Dims, FunctionSpec, Rule

# 68: moving elements

_VIEWED: tuple[tuple[Dims, Dims], ...] = (
    *(((2, 2), (4,)), ((3,), (1, 3)), ((4,), (2, 2)), ((2, 3), (3, 2)), ((2, 1, 3), (6,)), ((6,), (2, 1, 3))),
    *(((2, 2, 3), (4, 3)), ((1,), ()), ((), (1, 1)), ((0,), (2, 0)), ((3, 4), (2, 6))),
)
"""Shapes of a tensor and of a view of it."""

_PERMUTED: tuple[Dims, ...] = ((2, 2), (2, 3), (3, 1), (2, 3, 2), (2, 2, 2), (1, 2, 3), (3, 2, 1, 2), (4,), (0, 2), ())

_ORDERS = (1, 0, 3, 4, 2, 5, 7, 10, 13, 18)
"""Which order of the dimensions, modulo as many as there are; 3 and 4 move three round in a circle."""

_EXPANDED: tuple[tuple[Dims, Dims], ...] = (
    *(((1,), (2,)), ((2, 1), (2, 3)), ((1, 3), (2, 3)), ((1, 1), (2, 2)), ((2, 1), (2, 2)), ((1, 2), (2, 2))),
    *(((3,), (3,)), ((2, 1, 3), (2, 4, 3)), ((1, 2, 1), (2, 2, 3)), ((), ()), ((1,), (0,)), ((2, 1), (2, 1))),
)
"""Shapes of a tensor and of what it is expanded to."""

_TABLES: tuple[Dims, ...] = ((2,), (3,), (1,), (2, 2), (3, 2), (2, 1, 3), (7,))

_INDICES = ((0, 0), (1, 0), (1, 1, 0), (0, 2, 0, 2), (4, 1, 4, 4, 0), (2,), (0, 1, 2), (), (6, 5, 6, 3, 5, 6))
"""Which elements are taken along the first dimension, modulo as many as there are."""


def _view_case(shapes: tuple[Dims, Dims], seed: int) -> Arguments:
    return {"d": operands.gradients(shapes[1], seed), "shape": shapes[0]}


def _permute_case(shape: Dims, permutation: int, seed: int) -> Arguments:
    orders = list(permutations(range(len(shape))))
    dims = orders[permutation % len(orders)]
    return {"d": operands.gradients(tuple(shape[dim] for dim in dims), seed), "dims": dims}


def _index_case(shape: Dims, index: Sequence[int], seed: int) -> Arguments:
    places = np.array([place % shape[0] for place in index], np.int64)
    return {"d": operands.gradients((len(index), *shape[1:]), seed), "index": places, "shape": shape}


def _view(d: Array, shape: Dims) -> Array:
    return autodiff(lambda a: a.view(*d.shape), d, np.zeros(shape))[0]


def _permute(d: Array, dims: Dims) -> Array:
    shape = tuple(d.shape[dims.index(dim)] for dim in range(d.ndim))
    return autodiff(lambda a: a.permute(*dims), d, np.zeros(shape))[0]


def _expand(d: Array, shape: Dims) -> Array:
    return autodiff(lambda a: a.expand(*d.shape), d, np.zeros(shape))[0]


def _index(d: Array, index: Array, shape: Dims) -> Array:
    return autodiff(lambda a: a[index], d, np.zeros(shape))[0]


def _overwritten(d: Array, index: Array, shape: Dims) -> Array:
    """The last of several gradients for one element."""
    grad = np.zeros(shape)
    grad[index] = d
    return grad


def _first_of_several(d: Array, index: Array, shape: Dims) -> Array:
    grad = np.zeros(shape)
    grad[index[::-1]] = d[::-1]
    return grad


def _mean_of_several(d: Array, index: Array, shape: Dims) -> Array:
    times = np.maximum(1, np.bincount(index, minlength=shape[0]))
    return np.asarray(_index(d, index, shape) / times.reshape(-1, *(1 for _ in shape[1:])))


def _taken_again(d: Array, index: Array, shape: Dims) -> Array | None:
    return d[index] if index.size and index.max() < len(d) else None


def _about_a_view(arguments: Arguments) -> str:
    return f"From shape {arguments['shape']} to {arguments['d'].shape}: the elements are the same, in the same order."


def _about_a_permutation(arguments: Arguments) -> str:
    dims = arguments["dims"]
    if not dims:
        return "There are no dimensions to put into another order."
    went = [f"{dim} went to place {place}" for place, dim in enumerate(dims)]
    return f"Dimension {', dimension '.join(went)}."


def _about_an_expansion(arguments: Arguments) -> str:
    shape, big = arguments["shape"], arguments["d"].shape
    dims = ", ".join(map(str, grown(shape, big)))
    return f"From shape {shape} to {big}: " + (f"copied along dimension {dims}." if dims else "nothing was copied.")


def _about_an_index(arguments: Arguments) -> str:
    index, size = arguments["index"].tolist(), arguments["shape"][0]
    again = sorted({place for place in index if index.count(place) > 1})
    never = size - len(set(index))
    said = f"Taken more than once: {', '.join(map(str, again))}." if again else "Nothing is taken more than once."
    return f"{said} Never taken: {never} of {size}."


# 69: two more matmuls

_BATCHES: tuple[tuple[Dims, Dims], ...] = (
    *(((), ()), ((2,), (2,)), ((2,), ()), ((), (2,)), ((2,), (1,)), ((1,), (2,)), ((3, 2), (2,)), ((3, 1), (2,))),
    *(((1,), ()), ((2, 1), (1, 3)), ((0,), (0,)), ((0,), (1,))),
)
"""The dimensions in front of a's and of b's matrices."""

_SIZES = ((2, 2, 2), (1, 2, 1), (2, 3, 2), (2, 1, 3), (1, 3, 2), (1, 1, 1), (3, 2, 4), (2, 0, 2), (0, 2, 1))
"""Rows of a, columns of a and rows of b, columns of b."""


def _matmul_case(batches: tuple[Dims, Dims], sizes: Dims, seed: int) -> Arguments:
    rows, inner, columns = sizes
    a = operands.anything((*batches[0], rows, inner), seed, 1)
    b = operands.anything((*batches[1], inner, columns), seed, 2)
    batch = np.broadcast_shapes(*batches)
    return {"d": operands.gradients((*batch, rows, columns), seed), "a": a, "b": b}


def _matmul(d: Array, a: Array, b: Array) -> tuple[Array, Array]:
    grad_a, grad_b = autodiff(lambda a, b: a @ b, d, a, b)
    return grad_a, grad_b


def _product(one: Array, other: Array) -> Array | None:
    return one @ other if one.shape[-1] == other.shape[-2] else None


def _turned(matrices: Array) -> Array:
    return np.swapaxes(matrices, -1, -2)


def _about_a_matmul(arguments: Arguments) -> str:
    d, a, b = (arguments[name] for name in ("d", "a", "b"))
    said = f"a has shape {a.shape}, b has {b.shape}, d has {d.shape}"
    copied = [name for name, each in (("a", a), ("b", b)) if prod(each.shape[:-2]) != prod(d.shape[:-2])]
    return f"{said}: the matrices of {' and '.join(copied)} are used more than once." if copied else f"{said}."


_MATMUL_MISTAKES = (
    Usual(
        "a gradient that is not summed over the matrices that were broadcast",
        lambda d, a, b: (d @ _turned(b), _turned(a) @ d),
    ),
    Usual("a product with b, where the transposed b belongs", lambda d, a, b: (_product(d, b), _product(a, d))),
    Usual(
        "a product in the wrong order",
        lambda d, a, b: (_product(_turned(b), d), _product(d, _turned(a))),
    ),
    Usual("a product that is transposed: (n, k) is the shape of a", lambda d, a, b: (b @ _turned(d), _turned(d) @ a)),
)


SPECS = (
    FunctionSpec(
        number=68,
        name="view_rules",
        part=PART,
        rules=(
            Rule(
                name="view_backward",
                parameters=("d", "shape"),
                reference=_view,
                cases=cases(_view_case, _VIEWED, operands.FEW_SEEDS),
                compare=gradient(
                    "grad_a",
                    usual=(
                        Usual(
                            "elements in another order: a view counts them row by row",
                            lambda d, shape: [d.T.reshape(shape), d.reshape(shape, order="F")],
                        ),
                        without_d(_view),
                    ),
                ),
                remark=_about_a_view,
            ),
            Rule(
                name="permute_backward",
                parameters=("d", "dims"),
                reference=_permute,
                cases=cases(_permute_case, _PERMUTED, _ORDERS, operands.FEW_SEEDS),
                compare=gradient(
                    "grad_a",
                    usual=(
                        Usual(
                            "the same permutation once more: the way back is the inverse one",
                            lambda d, dims: np.transpose(d, dims),
                        ),
                        Usual("all dimensions in reverse order", lambda d, dims: d.T),
                        without_d(_permute),
                    ),
                ),
                remark=_about_a_permutation,
            ),
            Rule(
                name="expand_backward",
                parameters=("d", "shape"),
                reference=_expand,
                cases=cases(_view_case, _EXPANDED, operands.FEW_SEEDS),
                compare=gradient(
                    "grad_a",
                    usual=(
                        Usual(
                            "the gradient of one copy: all of them count",
                            lambda d, shape: d[tuple(slice(size) for size in shape)],
                        ),
                        Usual(
                            "a mean over the copies: they are summed",
                            lambda d, shape: _expand(d, shape) * prod(shape) / max(1, d.size),
                        ),
                        without_d(_expand),
                    ),
                    terms=lambda d, shape: _expand(np.abs(d), shape),
                ),
                remark=_about_an_expansion,
            ),
            Rule(
                name="index_backward",
                parameters=("d", "index", "shape"),
                reference=_index,
                cases=cases(_index_case, _TABLES, _INDICES, operands.FEW_SEEDS),
                compare=gradient(
                    "grad_a",
                    usual=(
                        Usual("a gradient that is overwritten where an index repeats: they add up", _overwritten),
                        Usual("the first gradient alone where an index repeats: they add up", _first_of_several),
                        Usual("a mean where an index repeats: the gradients add up", _mean_of_several),
                        Usual("elements taken from d by the index: they are put where it points", _taken_again),
                        without_d(_index),
                    ),
                    terms=lambda d, index, shape: _index(np.abs(d), index, shape),
                ),
                remark=_about_an_index,
            ),
        ),
        hints=(
            "For each of the four, ask of an element of `a`: where in the result is it, and how often? The gradient "
            "comes from there, and if it is in several places, they add up.",
            "A view keeps the count row by row, so going back is another view. A permutation is undone by the one that "
            "sorts it: `np.argsort`. And `expand` you have solved in puzzle 63.",
            "For the index, begin with zeros of the shape of `a`. NumPy's indexed `+=` reads, adds and writes once for "
            "each place, however often it is named; `np.add.at` really adds them all. A loop does too.",
        ),
    ),
    FunctionSpec(
        number=69,
        name="matmul_rule",
        part=PART,
        rules=(
            Rule(
                name="matmul_backward",
                parameters=("d", "a", "b"),
                reference=_matmul,
                cases=cases(_matmul_case, _BATCHES, _SIZES, operands.SEEDS),
                compare=gradients(
                    "grad_a",
                    "grad_b",
                    usual=(*_MATMUL_MISTAKES, without_d(_matmul)),
                    terms=lambda d, a, b: _matmul(np.abs(d), np.abs(a), np.abs(b)),
                ),
                remark=_about_a_matmul,
            ),
        ),
        hints=(
            "Begin with two matrices and no batch. Write the shapes of `d`, `a` and `b` down. Which products of two of "
            "them, transposed or not, have the shape of `a`?",
            "Element (i, k) of `a` meets row k of `b`, and what comes of it is in row i of the result. So its gradient "
            "is row i of `d` times row k of `b`. A product of rows with rows: one of them is transposed.",
            "With a batch, transpose the last two dimensions only, and let `@` do the rest. Then a matrix that was "
            "used for many others has to get the sum of their gradients, just as in puzzle 63.",
        ),
    ),
)
