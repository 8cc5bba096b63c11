"""Part 4, strides: puzzles 23 to 29, what a tensor is.

All are plain functions. What they get and return are tuples, but in the two that are to be called from a kernel later,
and so have to compile: these get int64 arrays. The table ``SPECS`` at the end is read from top to bottom; the
functions above it draw arguments and say what is special about them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations
from math import prod
from typing import TYPE_CHECKING, Any

from minigrad.workbook.checks import answers
from minigrad.workbook.checks.layouts import SHAPES
from minigrad.workbook.checks.tables import tables
from minigrad.workbook.spec import Arguments, Dims, FunctionSpec, Rule

if TYPE_CHECKING:
    from minigrad.strides import Layout

PART = "part4_strides"

# What is drawn: one entry of each table, the most readable entries first

_WITH_ELEMENTS = tuple(shape for shape in SHAPES if 0 not in shape)

_WITH_DIMENSIONS = tuple(shape for shape in SHAPES if shape)

_WITH_ROWS = tuple(shape for shape in SHAPES if shape and shape[0])

_PLACES = (1, 2, 0, 3, 5, 4, 7, -1, -2, 11, 100, 29)
"""Which element, counted row by row, modulo as many as there are."""

_NESTINGS = (0, 0, 0, 1, 2, 0, *range(3, 24))
"""In which order the dimensions are nested, modulo as many orders as there are; 0 is row by row."""

_STEPS = (
    *((1, 1, 1, 1), (1, 1, 1, 1), (2, 1, 1, 1), (1, 1, 1, 2), (1, 2, 1, 1), (1, 1, 2, 1)),
    *((2, 1, 2, 1), (3, 2, 1, 1), (1, 1, 1, 3), (2, 3, 2, 2)),
)
"""Of how many the elements along each dimension are every so-manieth: a view may have gaps."""

_REPEATED: tuple[tuple[int, ...], ...] = ((), (), (), (), (0,), (1,), (0, 1), (0, 2), (0, 1, 2, 3))
"""The dimensions that were expanded, so their stride is 0."""

_TO_ONE = ((), (), (0,), (1,), (2,), (0, 1), (3,), (1, 2), (0, 2), (0, 1, 2, 3))
"""The dimensions that have size 1 in the smaller one of two shapes."""

_DROPPED = (0, 0, 0, 1, 2, 3)
"""How many of its first dimensions a smaller shape lacks."""

_SPOILT = (None, None, None, (0, 1), (0, 0), (1, 1), (0, 1), (2, 1), (1, 0), (3, 1))
"""The dimension, counted from the right, in which two shapes do not fit: a size is one more there, or is 0."""


def _strides(shape: Dims, nesting: int, steps: Dims, repeated: Sequence[int]) -> Dims:
    """Strides of a view of this shape: permuted, with gaps, expanded."""
    orders = list(permutations(range(len(shape))))
    strides, step = [0] * len(shape), 1
    for dim in reversed(orders[nesting % len(orders)]):
        if dim not in repeated:
            strides[dim] = step * steps[dim]
            step *= max(1, shape[dim]) * steps[dim]
    return tuple(strides)


_HOW_IT_LIES = (_NESTINGS, _STEPS, _REPEATED)


def _index_and_strides(shape: Dims, place: int, nesting: int, steps: Dims, repeated: Sequence[int]) -> Arguments:
    return {"index": _index(place % prod(shape), shape), "strides": _strides(shape, nesting, steps, repeated)}


def _just_a_shape(shape: Dims) -> Arguments:
    return {"shape": shape}


def _place_and_shape(shape: Dims, place: int) -> Arguments:
    return {"k": place % prod(shape), "shape": shape}


def _place_and_view(shape: Dims, place: int, nesting: int, steps: Dims, repeated: Sequence[int]) -> Arguments:
    strides = _strides(shape, nesting, steps, repeated)
    return {"k": place % prod(shape), "shape": _array(shape), "strides": _array(strides)}


def _view(shape: Dims, nesting: int, steps: Dims, repeated: Sequence[int]) -> Arguments:
    return {"shape": shape, "strides": _strides(shape, nesting, steps, repeated)}


def _view_and_row(shape: Dims, row: int, nesting: int, steps: Dims, repeated: Sequence[int]) -> Arguments:
    return {**_view(shape, nesting, steps, repeated), "row": row % shape[0]}


def _smaller(shape: Dims, to_one: Sequence[int], dropped: int) -> Dims:
    """A shape that broadcasts to this one."""
    return tuple(1 if dim in to_one else size for dim, size in enumerate(shape))[min(dropped, len(shape)) :]


def _two_shapes(
    shape: Dims, ones_a: Sequence[int], dropped_a: int, ones_b: Sequence[int], dropped_b: int, spoilt: Dims | None
) -> Arguments:
    a, b = _smaller(shape, ones_a, dropped_a), _smaller(shape, ones_b, dropped_b)
    if spoilt and b:
        place = len(b) - 1 - spoilt[0] % len(b)
        b = (*b[:place], (b[place] + 1) * spoilt[1], *b[place + 1 :])
    return {"shape_a": a, "shape_b": b}


def _view_and_big_shape(
    big: Dims, to_one: Sequence[int], dropped: int, nesting: int, steps: Dims, repeated: Sequence[int]
) -> Arguments:
    shape = _smaller(big, to_one, dropped)
    strides = _strides(shape, nesting, steps, repeated)
    return {"shape": _array(shape), "strides": _array(strides), "big_shape": _array(big)}


def _array(numbers: Sequence[int]) -> Any:
    import numpy as np

    return np.array(numbers, np.int64)


# What is expected: minigrad.strides, with tuples, whatever the arguments are


def _ints(numbers: Any) -> Dims:
    return tuple(map(int, numbers))


def _index(k: int, shape: Any) -> Dims:
    from minigrad.strides import index

    return index(k, _ints(shape))


def _position(index: Any, strides: Any) -> int:
    from minigrad.strides import position

    return position(_ints(index), _ints(strides))


def _strides_of(shape: Dims) -> Dims:
    from minigrad.strides import strides_of

    return strides_of(shape)


def _layout(shape: Any, strides: Any) -> Layout:
    from minigrad.strides import Layout

    return Layout(_ints(shape), _ints(strides))


def _transposed(shape: Dims, strides: Dims) -> Layout:
    from minigrad.strides import permute

    return permute(_layout(shape, strides), range(len(shape))[::-1])


def _flattened(shape: Dims, strides: Dims) -> Layout:
    from minigrad.strides import view

    flat = view(_layout(shape, strides), (prod(shape),))
    if flat is None:
        raise ValueError("no single stride leads through these elements in their order")
    return flat


def _row_taken(shape: Dims, strides: Dims, row: int) -> Layout:
    from minigrad.strides import subscript

    return subscript(_layout(shape, strides), row)


def _every_other(shape: Dims, strides: Dims) -> Layout:
    from minigrad.strides import subscript

    return subscript(_layout(shape, strides), slice(None, None, 2))


def _broadcast(shape_a: Dims, shape_b: Dims) -> Dims:
    from minigrad.errors import MinigradError
    from minigrad.strides import broadcast_shapes

    try:
        return broadcast_shapes(shape_a, shape_b)
    except MinigradError as error:
        raise ValueError(str(error)) from None


def _expanded(shape: Any, strides: Any, big_shape: Any) -> Dims:
    from minigrad.strides import expand

    return expand(_layout(shape, strides), _ints(big_shape)).strides


# What is special about some arguments


def _about_position(arguments: Arguments) -> str:
    index, strides = arguments["index"], arguments["strides"]
    if not index:
        return "A tensor without dimensions has one element, and it lies at the start."
    steps = [f"{_counted(i, 'step')} of {stride}" for i, stride in zip(index, strides, strict=True)]
    return f"From the start to this element: {', then '.join(steps)}."


def _about_a_shape(arguments: Arguments) -> str:
    shape = _ints(arguments["shape"])
    if not shape:
        return "A tensor without dimensions has an empty shape and one element."
    return f"The shape has {_counted(len(shape), 'dimension')} and {_counted(prod(shape), 'element')}."


def _about_a_place(arguments: Arguments) -> str:
    shape, k = _ints(arguments["shape"]), arguments["k"]
    if len(shape) < 2:
        return _about_a_shape(arguments)
    inner = prod(shape[1:])
    rest = f"{k} = {k // inner} · {inner} + {k % inner}"
    return f"Each step along the first dimension skips {_counted(inner, 'element')}, and {rest}."


def _about_a_view(arguments: Arguments) -> str:
    shape, strides = _ints(arguments["shape"]), _ints(arguments["strides"])
    if not shape or 0 in shape:
        return _about_a_shape(arguments)
    from minigrad.strides import index, position

    first = [position(index(k, shape), strides) for k in range(min(prod(shape), 8))]
    more = " and so on" if prod(shape) > len(first) else ""
    return f"Row by row its elements lie at {', '.join(map(str, first))}{more}."


def _about_two_shapes(arguments: Arguments) -> str:
    rows = [[str(size) for size in arguments[name]] for name in ("shape_a", "shape_b")]
    if not all(rows):
        return "A tensor without dimensions broadcasts to any shape."
    width = max(len(size) for row in rows for size in row)
    lines = ["  ".join(size.rjust(width) for size in row) for row in rows]
    longest = max(map(len, lines))
    return "Lined up from the right:\n" + "\n".join(f"    {line.rjust(longest)}" for line in lines)


def _about_growing(arguments: Arguments) -> str:
    shape, big = _ints(arguments["shape"]), _ints(arguments["big_shape"])
    if len(shape) < len(big):
        return f"The large shape has {_counted(len(big) - len(shape), 'dimension')} more, in front."
    grown = [dim for dim, (size, more) in enumerate(zip(shape, big, strict=True)) if size != more]
    if not grown:
        return "Nothing grows here: the shapes are the same."
    return f"What grows: {', '.join(f'dimension {dim}, from 1 to {big[dim]}' for dim in grown)}."


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


SPECS = (
    FunctionSpec(
        number=23,
        name="position",
        part=PART,
        rules=(
            Rule(
                name="position",
                parameters=("index", "strides"),
                reference=_position,
                cases=tables(_index_and_strides, _WITH_ELEMENTS, _PLACES, *_HOW_IT_LIES, shape=(2, 3)),
                compare=answers.an_int,
                remark=_about_position,
            ),
        ),
        hints=(
            "Walk from the first element to the one at (1, 2). How far is a step along the rows, how far is one along "
            "the columns, and how many of each do you take?",
            "Along one dimension you move as many steps as the index says, each as long as the stride says. What you "
            "move along several dimensions adds up.",
            "`zip` brings each entry of `index` together with the stride of its dimension. It also does the right "
            "thing for a tensor without dimensions: nothing, and the sum of nothing is 0.",
        ),
    ),
    FunctionSpec(
        number=24,
        name="strides_of",
        part=PART,
        rules=(
            Rule(
                name="strides_of",
                parameters=("shape",),
                reference=_strides_of,
                cases=tables(_just_a_shape, SHAPES, shape=(2, 3)),
                compare=answers.strides_unless_empty,
                remark=_about_a_shape,
            ),
        ),
        hints=(
            "Begin at the end: neighbours along the last dimension are neighbours in the storage. What is its stride?",
            "A step along some dimension has to pass over everything that the dimensions after it hold.",
            "Walk through the shape from its last size to its first, with a running product that starts at 1: note "
            "the product, then multiply. In the end, turn the notes round.",
        ),
    ),
    FunctionSpec(
        number=25,
        name="index",
        part=PART,
        rules=(
            Rule(
                name="index",
                parameters=("k", "shape"),
                reference=_index,
                cases=tables(_place_and_shape, _WITH_ELEMENTS, _PLACES, shape=(2, 3)),
                compare=answers.ints,
                remark=_about_a_place,
            ),
        ),
        hints=(
            "Which row is element 5 of a 2 × 3 tensor in, and which place in that row? You have divided, once with "
            "and once without a remainder.",
            "Counting row by row, the last index changes fastest, like the last digit of a number. How do you get "
            "at the last digit, and how at what stands before it?",
            "Go from the last dimension to the first. The remainder by the size is the index there; the quotient is "
            "what the dimensions before it have to share out. `divmod` gives both.",
        ),
    ),
    FunctionSpec(
        number=26,
        name="offset",
        part=PART,
        rules=(
            Rule(
                name="offset",
                parameters=("k", "shape", "strides"),
                reference=lambda k, shape, strides: _position(_index(k, shape), strides),
                cases=tables(_place_and_view, _WITH_ELEMENTS, _PLACES, *_HOW_IT_LIES, shape=(2, 3)),
                compare=answers.an_int,
                examples=lambda: (
                    _place_and_view((2, 3), 4, 1, (1, 1, 1, 1), ()),
                    _place_and_view((2, 3, 2, 2), 17, 5, (2, 1, 1, 1), (2,)),
                    _place_and_view((), 0, 0, (1, 1, 1, 1), ()),
                ),
                remark=_about_a_view,
            ),
        ),
        hints=(
            "Each index that the loop of puzzle 25 finds is used once, to be multiplied by its stride. Does it have to "
            "be kept until then?",
            "Let a sum run along with the division: as soon as a remainder is known, its share of the position is too.",
            "Count `d` down from `len(shape) - 1` to 0. In each turn, what is left of `k` gives a remainder and "
            "becomes a quotient, and the remainder times a stride goes into the sum.",
        ),
    ),
    FunctionSpec(
        number=27,
        name="views",
        part=PART,
        rules=(
            Rule(
                name="transpose",
                parameters=("shape", "strides"),
                reference=_transposed,
                cases=tables(_view, SHAPES, *_HOW_IT_LIES, shape=(2, 3)),
                compare=answers.a_view,
                remark=_about_a_view,
            ),
            Rule(
                name="take_row",
                parameters=("shape", "strides", "row"),
                reference=_row_taken,
                cases=tables(_view_and_row, _WITH_ROWS, _PLACES, *_HOW_IT_LIES, shape=(2, 3)),
                compare=answers.a_view,
                remark=_about_a_view,
            ),
            Rule(
                name="every_other",
                parameters=("shape", "strides"),
                reference=_every_other,
                cases=tables(_view, _WITH_DIMENSIONS, *_HOW_IT_LIES, shape=(2, 3)),
                compare=answers.a_view,
                remark=_about_a_view,
            ),
            Rule(
                name="flatten_or_fail",
                parameters=("shape", "strides"),
                reference=_flattened,
                cases=tables(_view, SHAPES, *_HOW_IT_LIES, shape=(2, 3)),
                compare=answers.a_view,
                raises=ValueError,
                remark=_about_a_view,
            ),
        ),
        hints=(
            "Write down where the elements of a small view lie, in its order. Then ask which shape, which strides and "
            "which start would lead to the same places.",
            "Only `take_row` moves the start, and `position` knows how far. `every_other` makes longer steps, and "
            "fewer of them: think of three rows, and of one.",
            "Flattening works where each step along a dimension goes just as far as the dimension after it reaches: "
            "size times stride. Leave dimensions of size 1 out before you compare, since nobody steps along them.",
        ),
    ),
    FunctionSpec(
        number=28,
        name="broadcast_shape",
        part=PART,
        rules=(
            Rule(
                name="broadcast_shape",
                parameters=("shape_a", "shape_b"),
                reference=_broadcast,
                cases=tables(
                    _two_shapes,
                    *(SHAPES, _TO_ONE, _DROPPED, _TO_ONE, _DROPPED, _SPOILT),
                    shape=(2, 3),
                    ones_a=(1,),
                    dropped_b=1,
                ),
                compare=answers.ints,
                raises=ValueError,
                remark=_about_two_shapes,
            ),
        ),
        hints=(
            "Write one shape below the other, with their last sizes in one column. What do you do where one of them "
            "has run out?",
            "In each column there are three cases: the sizes are equal, one of them is 1, or they do not fit. A size "
            "that is missing counts as 1.",
            "Put ones in front of the shorter shape until both are equally long. Then each column gives the size that "
            "is not 1; the larger of the two is something else when a size is 0.",
        ),
    ),
    FunctionSpec(
        number=29,
        name="broadcast_strides",
        part=PART,
        rules=(
            Rule(
                name="broadcast_strides",
                parameters=("shape", "strides", "big_shape"),
                reference=_expanded,
                cases=tables(_view_and_big_shape, SHAPES, _TO_ONE, _DROPPED, *_HOW_IT_LIES, big=(2, 3), to_one=(0,)),
                compare=answers.strides_of_shape("big_shape"),
                own_memory=True,
                examples=lambda: (
                    _view_and_big_shape((2, 3), (1,), 0, 0, (1, 1, 1, 1), ()),
                    _view_and_big_shape((4, 2, 3), (1,), 1, 1, (2, 1, 1, 1), ()),
                    _view_and_big_shape((2, 3, 2, 2), (), 4, 0, (1, 1, 1, 1), ()),
                ),
                remark=_about_growing,
            ),
        ),
        hints=(
            "Along a dimension that was stretched, a step in the large tensor must lead nowhere in the small one. "
            "Which stride does that?",
            "Line the shapes up from the right: dimension `d` of the large shape is one of the small shape's only if "
            "`d` is not smaller than what the small one lacks in front.",
            "Begin with zeros for all dimensions of the large shape, `np.zeros(n, np.int64)`, and copy a stride over "
            "for each dimension of the small shape that was not stretched.",
        ),
    ),
)
