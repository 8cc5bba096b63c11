"""Part 5, gradients: puzzles 63 and 64. Copying's gradient sums, and summing's gradient copies."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations
from math import prod

import numpy as np

from minigrad.workbook.checks import operands
from minigrad.workbook.checks.gradients import gradient
from minigrad.workbook.checks.layouts import BROADCASTS, Broadcast
from minigrad.workbook.checks.operands import cases
from minigrad.workbook.checks.part5_rules import PART, autodiff
from minigrad.workbook.checks.usual_mistakes import Usual, without_d
from minigrad.workbook.spec import Arguments, Array, Dims, FunctionSpec, Rule

# 63: broadcasting copies

_BIG: tuple[Dims, ...] = (
    *((2,), (3,), (2, 2), (2, 3), (3, 2), (1, 3), (2, 1), (2, 3, 2), (3, 1, 2), (2, 2, 2), (2, 1, 3, 2)),
    *((), (0,), (2, 0), (0, 3)),
)

_NO_ROWS = BROADCASTS[3]


def _unbroadcast(d: Array, shape: Dims) -> Array:
    return autodiff(lambda a: a.expand(*d.shape), d, np.zeros(shape))[0]


def _broadcast_case(big: Dims, how: Broadcast, seed: int) -> Arguments:
    return {"d": operands.gradients(big, seed), "shape": how.shape(big)}


def grown(shape: Dims, big: Dims) -> tuple[int, ...]:
    """The dimensions of ``big`` along which a tensor of this shape is copied."""
    new = len(big) - len(shape)
    return (*range(new), *(dim for dim, size in enumerate(shape, new) if size != big[dim]))


def _over_others(d: Array, shape: Dims) -> list[Array]:
    """Sums over other dimensions than those that grew, in every form that they may have."""
    right = grown(shape, d.shape)
    others = [dims for count in range(1, d.ndim + 1) for dims in combinations(range(d.ndim), count) if dims != right]
    sums = [d.sum(dims, keepdims=kept) for dims in others for kept in (False, True)]
    return [*sums, *(each.reshape(shape) for each in sums if each.size == prod(shape))]


def _a_copy(d: Array, shape: Dims, which: int) -> Array:
    """The gradient of one copy alone."""
    for dim in grown(shape, d.shape):
        d = d.take([which] if d.shape[dim] else [], dim)
    return d.reshape(shape) if d.size == prod(shape) else d


def _about_growing(arguments: Arguments) -> str:
    shape, big = arguments["shape"], arguments["d"].shape
    dims = grown(shape, big)
    if not dims:
        return f"Nothing was copied: the shape was {shape} before."
    size = prod(big[dim] for dim in dims)
    times = {0: "is in the large tensor not once", 1: "once"}.get(size, f"{size} times")
    if size == 0:
        return f"From shape {shape} to {big}: no copy of an element was made, so nothing comes back."
    which = "dimension " + str(dims[0]) if len(dims) == 1 else f"dimensions {', '.join(map(str, dims))}"
    return f"From shape {shape} to {big}: each element is there {times}, along {which}."


# 64: summing's gradient copies

_PLACES_OF_A_DIM = (0, 1, -1, 2, -2)


def _keepdims(shape: Dims, dim: int, keepdim: bool) -> Dims:
    dim %= len(shape)
    return (*shape[:dim], *((1,) if keepdim else ()), *shape[dim + 1 :])


def _sum_case(shape: Dims, dim: int, keepdim: bool, seed: int) -> Arguments:
    dim = dim if -len(shape) <= dim < len(shape) else 0
    d = operands.gradients(_keepdims(shape, dim, keepdim), seed)
    return {"d": d, "shape": shape, "dim": dim, "keepdim": keepdim}


def _summed(name: str) -> Callable[..., Array]:
    def reference(d: Array, shape: Dims, dim: int, keepdim: bool) -> Array:
        return autodiff(lambda a: getattr(a, name)(dim, keepdim), d, np.zeros(shape))[0]

    return reference


def _along_another(d: Array, shape: Dims, dim: int, keepdim: bool) -> list[Array]:
    """d, copied along a wrong dimension: not where it was summed, but wherever else it fits."""
    flat = d.squeeze(dim) if keepdim else d
    wrong = (other for other in range(len(shape)) if other != dim % len(shape))
    spread = [np.expand_dims(flat, other) for other in wrong]
    return [np.broadcast_to(each, shape) for each in spread if _fits(each.shape, shape)]


def _fits(small: Dims, big: Dims) -> bool:
    return all(one in (1, other) for one, other in zip(small, big, strict=True))


_ANOTHER_WAY = Usual("d copied along a wrong dimension: put the one that was summed back first", _along_another)


def _about_a_sum(arguments: Arguments) -> str:
    shape, dim, d = arguments["shape"], arguments["dim"], arguments["d"]
    kept = "kept with size 1" if arguments["keepdim"] else "dropped"
    elements = "1 element goes" if shape[dim] == 1 else f"{shape[dim]} elements go"
    return f"Of shape {shape}, dimension {dim} was {kept}: {elements} into each element of the result, shape {d.shape}."


def _sum_rule(name: str, shapes: Sequence[Dims], *usual: Usual) -> Rule:
    reference = _summed(name)
    return Rule(
        name=f"{name}_backward",
        parameters=("d", "shape", "dim", "keepdim"),
        reference=reference,
        cases=cases(_sum_case, shapes, _PLACES_OF_A_DIM, (False, True), operands.SEEDS, shape=(2, 3)),
        compare=gradient("grad_a", usual=(*usual, _ANOTHER_WAY, without_d(reference))),
        remark=_about_a_sum,
    )


def _mean_over_all(d: Array, shape: Dims, dim: int, keepdim: bool) -> Array:
    return _summed("sum")(d, shape, dim, keepdim) / max(1, prod(shape))


def _mean_over_d(d: Array, shape: Dims, dim: int, keepdim: bool) -> Array:
    return _summed("sum")(d, shape, dim, keepdim) / max(1, d.size)


_SUM_SHAPES = ((2,), (3,), (2, 3), (2, 2), (3, 2), (1, 3), (3, 1), (2, 3, 2), (3, 2, 3), (1,), (0, 2), (2, 0))

_MEAN_SHAPES = tuple(shape for shape in _SUM_SHAPES if 0 not in shape)


SPECS = (
    FunctionSpec(
        number=63,
        name="unbroadcast",
        part=PART,
        rules=(
            Rule(
                name="unbroadcast",
                parameters=("d", "shape"),
                reference=_unbroadcast,
                cases=cases(_broadcast_case, _BIG, BROADCASTS, operands.SEEDS, big=(2, 3), how=_NO_ROWS),
                compare=gradient(
                    "the gradient",
                    usual=(
                        Usual("the gradient of one copy: all of them count", lambda d, shape: _a_copy(d, shape, 0)),
                        Usual("the gradient of one copy: all of them count", lambda d, shape: _a_copy(d, shape, -1)),
                        Usual(
                            "a mean over the copies: they are summed",
                            lambda d, shape: _unbroadcast(d, shape) * prod(shape) / max(1, d.size),
                        ),
                        Usual("a sum over other dimensions than those that were stretched", _over_others),
                        without_d(_unbroadcast),
                    ),
                    terms=lambda d, shape: _unbroadcast(np.abs(d), shape),
                ),
                remark=_about_growing,
            ),
        ),
        hints=(
            "What broadcasting repeated, sum. Take a column of 2 numbers that was stretched to 2 × 3: which elements "
            "of `d` belong to its first number?",
            "There are two kinds of dimensions to sum over: the new ones in front, and those whose size was 1 and is "
            "not any more. The first kind has to vanish, the second has to stay, with size 1.",
            "`d.sum(dims, keepdims=True)` sums over several dimensions and keeps them all with size 1. After that the "
            "numbers are right, and only ones in front are too many: a `reshape` takes them away.",
        ),
    ),
    FunctionSpec(
        number=64,
        name="sum_rules",
        part=PART,
        rules=(
            _sum_rule("sum", _SUM_SHAPES, Usual("a gradient that is divided: that is for the mean", _summed("mean"))),
            _sum_rule(
                "mean",
                _MEAN_SHAPES,
                Usual("the gradient of a sum: a mean divides by the number of elements", _summed("sum")),
                Usual("a division by the number of all elements, not of those in one mean", _mean_over_all),
                Usual("a division by the number of means, not of the elements in one", _mean_over_d),
            ),
        ),
        hints=(
            "Change one element of `a` by a little. Which element of the result changes, and by how much? The answer "
            "is the same for all elements that go into one sum.",
            "So `d` is copied along the dimension that was summed. To do that, the dimension has to be there again, "
            "with size 1, if it was dropped: `np.expand_dims` puts it back where it was.",
            "`np.broadcast_to` makes the copies. The mean is a sum divided by how many were summed, which is the "
            "size of one dimension.",
        ),
    ),
)
