"""Part 4, strides: puzzles 34 to 36, the verbs for every tensor, as CUDA kernels.

The learner's function gets a scalar function and returns a kernel. A case chooses the scalar function, the shapes, how
each tensor lies in its storage, and the launch; ``layouts.py`` has the tables. ``SPECS`` at the end is read from top to
bottom.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from math import inf, prod
from typing import Any

from minigrad.workbook.checks import layouts, remarks
from minigrad.workbook.checks.launches import BLOCKS, GRIDS, ORDERS, SPARE, TPBS, WITH_TPB
from minigrad.workbook.checks.layouts import (
    BROADCASTS,
    INPUT_MANNERS,
    MANNERS,
    SHAPES,
    Broadcast,
    Manner,
    an_input,
    an_output,
    stored,
    strided,
)
from minigrad.workbook.checks.tables import tables
from minigrad.workbook.checks.values import SEEDS, counting
from minigrad.workbook.spec import Array, Budget, Case, Dims, KernelSpec, Scalar

PART = "part4_strides"

STORAGE = "float32[:]"
NUMBERS = "int64[:]"
INT = "int64"
FLOAT = "float64"

_ROWS = MANNERS[0]
_COLUMNS = MANNERS[1]
_SAME = BROADCASTS[0]
_NO_ROWS = BROADCASTS[3]

_TELLING = {"block": 4, "grid": 1, "shape": (2, 3)}
"""A small launch with fewer threads than elements."""


def _tensor(name: str) -> Mapping[str, str]:
    """The types of a tensor's three parameters."""
    return {name: STORAGE, f"{name}_shape": NUMBERS, f"{name}_strides": NUMBERS}


OUT = {**_tensor("out"), "out_size": INT}


# The scalar functions. No two of a puzzle agree on what is drawn, and none is its own repetition.


def _negative(a: Any) -> Any:
    return -a


def _ten_more(a: Any) -> Any:
    return a + 10


def _square(a: Any) -> Any:
    return a * a


def _positive_part(a: Any) -> Any:
    return a if a > 0 else 0.0


MAP_SCALARS = {
    "a_plus_10": Scalar(_ten_more, _ten_more),
    "neg": Scalar(_negative, _negative),
    "square": Scalar(_square, _square),
    "relu": Scalar(_positive_part, lambda a: a * (a > 0)),
}


def _sum(a: Any, b: Any) -> Any:
    return a + b


def _product(a: Any, b: Any) -> Any:
    return a * b


def _difference(a: Any, b: Any) -> Any:
    return a - b


def _less(a: Any, b: Any) -> Any:
    return 1.0 if a < b else 0.0


def _minus_twice(a: Any, b: Any) -> Any:
    return a - 2 * b


ZIP_SCALARS = {
    "sub": Scalar(_difference, _difference),
    "mul": Scalar(_product, _product),
    "less": Scalar(_less, lambda a, b: a < b),
    "a_minus_2b": Scalar(_minus_twice, _minus_twice),
}


def _larger(a: Any, b: Any) -> Any:
    return a if a > b else b


def _smaller(a: Any, b: Any) -> Any:
    return a if a < b else b


def _numpy(name: str) -> Callable[..., Any]:
    """A function of NumPy along an axis, found when it is called."""

    def along(a: Array, axis: int, start: float) -> Any:
        import numpy as np

        with np.errstate(over="ignore"):  # many powers of two, where one was expanded
            return getattr(np, name).reduce(a, axis=axis, keepdims=True, initial=start)

    return along


REDUCE_SCALARS = {
    "add": Scalar(_sum, _numpy("add"), 0.0),
    "max": Scalar(_larger, _numpy("maximum"), -inf),
    "mul": Scalar(_product, _numpy("multiply"), 1.0),
    "min": Scalar(_smaller, _numpy("minimum"), inf),
}


# The references: NumPy computes on the tensors that lie in the storages, and the answers are put where out has them.


def _elements(storage: Any, shape: Any, strides: Any) -> Array:
    import numpy as np

    return strided(np.asarray(storage), tuple(shape.tolist()), tuple(strides.tolist()))


def _in_storage(elements: Any, shape: Dims, strides: Dims) -> Array:
    import numpy as np

    return stored(np.broadcast_to(np.asarray(elements, np.float32), shape), strides)


def _mapped(f: Scalar, out_shape: Any, out_strides: Any, out_size: int, a: Any, a_shape: Any, a_strides: Any) -> Any:
    elements = f.on_arrays(_elements(a, a_shape, a_strides))
    return {"out": _in_storage(elements, tuple(out_shape.tolist()), tuple(out_strides.tolist()))}


def _zipped(f: Scalar, out_shape: Any, out_strides: Any, out_size: int, **inputs: Any) -> Any:
    a, b = (_elements(*(inputs[f"{name}{rest}"] for rest in ("", "_shape", "_strides"))) for name in "ab")
    return {"out": _in_storage(f.on_arrays(a, b), tuple(out_shape.tolist()), tuple(out_strides.tolist()))}


def _reduced(
    f: Scalar,
    out_shape: Any,
    out_strides: Any,
    out_size: int,
    a: Any,
    a_shape: Any,
    a_strides: Any,
    reduce_dim: int,
    start: float,
) -> Any:
    elements = f.on_arrays(_elements(a, a_shape, a_strides), reduce_dim, start)
    return {"out": _in_storage(elements, tuple(out_shape.tolist()), tuple(out_strides.tolist()))}


# The cases. Every draw is one choice from a table, so that a case is cheap and shrinking is quick.


def _map_case(
    block: int,
    grid: int,
    shape: Dims,
    out_lies: Manner,
    broadcast: Broadcast,
    a_lies: Manner,
    scalar: str = "a_plus_10",
    seed: int = 0,
    order: str | int = "forward",
) -> Case:
    arguments: dict[str, Any] = {
        **an_output(shape, out_lies),
        "out_size": prod(shape),
        **an_input("a", broadcast.shape(shape), a_lies, seed, 0),
    }
    return Case(arguments, (grid,), (block,), order, scalar=scalar)


def _zip_case(
    block: int,
    grid: int,
    shape: Dims,
    out_lies: Manner,
    broadcast_a: Broadcast,
    a_lies: Manner,
    broadcast_b: Broadcast,
    b_lies: Manner,
    scalar: str = "sub",
    seed: int = 0,
    order: str | int = "forward",
) -> Case:
    arguments: dict[str, Any] = {
        **an_output(shape, out_lies),
        "out_size": prod(shape),
        **an_input("a", broadcast_a.shape(shape), a_lies, seed, 0),
        **an_input("b", broadcast_b.shape(shape), b_lies, seed, 1),
    }
    return Case(arguments, (grid,), (block,), order, scalar=scalar)


LONG_SHAPES: tuple[Dims, ...] = (
    *(shape for shape in SHAPES if shape and 0 < prod(shape) <= 36),
    *((65,), (2, 130), (130, 2), (64,), (200,), (2, 63, 2)),
    *((0,), (0,), (2, 0), (0, 3), (2, 0, 2)),
)
"""Shapes with a dimension to reduce, which may be longer than a block or empty."""

MOST_RESULTS = 12
"""A block of threads for each result is a lot to simulate, so that there are no more of them."""


def _kept(shape: Dims, reduce_dim: int) -> Dims:
    return tuple(1 if dim == reduce_dim else size for dim, size in enumerate(shape))


REDUCTIONS = tuple(
    (shape, dim) for shape in LONG_SHAPES for dim in range(len(shape)) if prod(_kept(shape, dim)) <= MOST_RESULTS
)
"""Shapes, and the dimension of each that is reduced."""


def _powers(shape: Dims, seed: int, place: int) -> Array:
    """Powers of two: products of them are exact in any order, and of a few hundred never too large."""
    import numpy as np

    pattern = (2, 4, 0.5, -1, 1, -2)
    if not seed:
        return np.resize(np.array(pattern, np.float32), shape)
    return np.random.default_rng((seed, place)).choice(np.array((1, -1, 2, 0.5), np.float32), shape)


def _below_zero(shape: Dims, seed: int, place: int) -> Array:
    """-1, -2, -3 …, or other numbers below 0: a maximum that began with 0 shows."""
    return counting(shape, seed, place) - 5 if seed else -counting(shape, seed, place)


def _above_zero(shape: Dims, seed: int, place: int) -> Array:
    """1, 2, 3 …, or other numbers above 0: a minimum that began with 0 shows."""
    return counting(shape, seed, place) + (5 if seed else 0)


FILLS = {"add": counting, "max": _below_zero, "mul": _powers, "min": _above_zero}


def _reduce_case(
    tpb: int,
    spare: int,
    reduction: tuple[Dims, int],
    out_lies: Manner,
    a_lies: Manner,
    scalar: str = "add",
    seed: int = 0,
    order: str | int = "forward",
) -> Case:
    shape, reduce_dim = reduction
    kept = _kept(shape, reduce_dim)
    arguments: dict[str, Any] = {
        **an_output(kept, out_lies),
        "out_size": prod(kept),
        **an_input("a", shape, a_lies, seed, 0, FILLS[scalar]),
        "reduce_dim": reduce_dim,
        "start": REDUCE_SCALARS[scalar].start,
    }
    return Case(arguments, (max(1, prod(kept)) + spare,), (tpb,), order, {"TPB": tpb}, scalar)


# The third star


def _reads(trace: Any, *names: str) -> Counter[tuple[str, Any]]:
    """How often each element of these arrays is read. Shapes and strides are left out: a GPU keeps them at hand."""
    return Counter(
        (access.array, access.index) for access in trace.accesses if access.verb == "read" and access.array in names
    )


def _each_once(trace: Any, case: Case) -> str | None:
    """What breaks the third star of a map: an element that is read, or written, more than once."""
    inputs = [name for name in ("a", "b") if name in case.arguments]
    for (name, (place,)), times in _reads(trace, *inputs).items():
        if times > 1:
            return f"{name}[{place}] is read {times} times; once would do"
    written = Counter(access.index for access in trace.accesses if access.verb == "write" and access.array == "out")
    for (place,), times in written.items():
        if times > 1:
            return f"out[{place}] is written {times} times; once would do"
    return None


def _shared_out(trace: Any, case: Case) -> str | None:
    """What breaks the third star of a reduction: elements read twice, or read by few threads of a block."""
    by_thread = Counter(
        (access.block, access.thread) for access in trace.accesses if access.verb == "read" and access.array == "a"
    )
    along = layouts.shape_of(case, "a")[int(str(case.arguments["reduce_dim"]))]
    fair, most = -(-along // case.block[0]), max(by_thread.values())
    if most > fair:
        return (
            f"a thread reads {most} elements of a, and {fair} would do: "
            f"{case.block[0]} threads share the {along} elements of a block"
        )
    return _each_once(trace, case)


def _remark(case: Case) -> str:
    out_size = case.arguments["out_size"]
    assert isinstance(out_size, int)
    counts = f"{remarks.figure(case.threads, 'thread')}, {remarks.figure(out_size, 'element')} to compute."
    return f"{counts} {layouts.remark(case)}"


def _reduce_remark(case: Case) -> str:
    dim = case.arguments["reduce_dim"]
    assert isinstance(dim, int)
    along = layouts.shape_of(case, "a")[dim]
    each = "nothing to combine" if along == 0 else f"{remarks.figure(along, 'element')} to combine for each"
    blocks = f"{remarks.figure(case.grid[0], 'block')}, {remarks.figure(prod(layouts.shape_of(case, 'out')), 'result')}"
    return f"{blocks}, {each}; start is {case.arguments['start']:g}. {layouts.remark(case)}"


SPECS = (
    KernelSpec(
        number=34,
        name="cuda_tensor_map",
        part=PART,
        signature={**OUT, **_tensor("a")},
        outputs=("out",),
        reference=_mapped,
        cases=tables(
            _map_case,
            *(BLOCKS, GRIDS, SHAPES, MANNERS, BROADCASTS, INPUT_MANNERS, (*MAP_SCALARS,), SEEDS, ORDERS),
            **_TELLING,
            a_lies=_COLUMNS,
        ),
        profile=lambda: _map_case(64, 2, (16, 64), _ROWS, _SAME, _ROWS),
        budget=Budget(extra=_each_once),
        hints=(
            "Begin with the loop of puzzle 6: its `i` now counts the elements of `out` in the order of its shape. "
            "Which two places does a thread need for element `i`?",
            "Take `i` apart from the last dimension to the first, as in puzzle 26: `i % size` is the index along the "
            "dimension, `i // size` is what is left. Each index, times a stride, moves both places.",
            "`a` may have fewer dimensions than `out`, so line them up from the right: dimension `d` of `out` is "
            "dimension `d - (len(out_shape) - len(a_shape))` of `a`. Below 0 there is none; where `a_shape` says 1, "
            "the index is 0, whatever the stride.",
        ),
        remark=_remark,
        takes=("f",),
        scalars=MAP_SCALARS,
        elements=layouts.elements_of_out,
    ),
    KernelSpec(
        number=35,
        name="cuda_tensor_zip",
        part=PART,
        signature={**OUT, **_tensor("a"), **_tensor("b")},
        outputs=("out",),
        reference=_zipped,
        cases=tables(
            _zip_case,
            *(BLOCKS, GRIDS, SHAPES, MANNERS, BROADCASTS, INPUT_MANNERS, BROADCASTS, INPUT_MANNERS),
            *((*ZIP_SCALARS,), SEEDS, ORDERS),
            **_TELLING,
            broadcast_b=_NO_ROWS,
        ),
        profile=lambda: _zip_case(64, 2, (16, 64), _ROWS, _SAME, _ROWS, _SAME, _ROWS),
        budget=Budget(extra=_each_once),
        hints=(
            "Three places are needed for each element now. What in your map was about `a` alone, and would be the same "
            "for `b`?",
            "Each input has its own number of dimensions and its own dimensions of size 1, so the lining up from the "
            "right is done for each by itself. A function under `@cuda.jit(device=True)` can do it for both.",
            "The index along a dimension is worked out once, from `out_shape`. Then add to the place in `a` if `a` has "
            "that dimension and it is not 1 there, and the same for `b`. `f` gets the element of `a` first.",
        ),
        remark=_remark,
        takes=("f",),
        scalars=ZIP_SCALARS,
        elements=layouts.elements_of_out,
    ),
    KernelSpec(
        number=36,
        name="cuda_tensor_reduce",
        part=PART,
        signature={**OUT, **_tensor("a"), "reduce_dim": INT, "start": FLOAT},
        outputs=("out",),
        reference=_reduced,
        cases=tables(
            _reduce_case,
            *(TPBS, SPARE, REDUCTIONS, MANNERS, INPUT_MANNERS, (*REDUCE_SCALARS,), SEEDS, ORDERS),
            reduction=((2, 9), 1),
        ),
        profile=lambda: _reduce_case(64, 0, ((4, 512), 1), _ROWS, _ROWS),
        budget=Budget(barriers=7, extra=_shared_out),
        hints=(
            "It is puzzle 17 with two changes: the block's number is the place of a result in the order of `out`'s "
            "shape, and the elements of its row lie a stride apart.",
            "From the block's number come two places, as in puzzle 34: where the result goes in `out`, and where its "
            "first element lies in `a`. From there, a step along `reduce_dim` moves by `a_strides[reduce_dim]`.",
            "Every thread begins with `start`, combines it with every `TPB`-th element, and puts what it has into "
            "shared memory, even if it had no element. Then comes the tree, with `f` in place of `+`, and thread 0 "
            "writes.",
        ),
        remark=_reduce_remark,
        constants=WITH_TPB,
        takes=("f",),
        scalars=REDUCE_SCALARS,
        elements=layouts.elements_of_out,
    ),
)
"""The puzzles of Part 4 that are CUDA kernels, in order."""
