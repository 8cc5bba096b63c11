"""Part 4, strides: puzzles 30 to 33, the verbs for every tensor, on the processor.

The learner's function gets a scalar function and returns a kernel. A case chooses the scalar function, the shapes and
how each tensor lies in its storage; ``layouts`` has the tables. There is no launch: the parallel loop is the kernel's
own. ``SPECS`` at the end is read from top to bottom.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import prod
from typing import Any

from minigrad.workbook.checks import layouts
from minigrad.workbook.checks.launches import ORDERS
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
from minigrad.workbook.checks.part4_kernels import FILLS, MAP_SCALARS, REDUCE_SCALARS, ZIP_SCALARS
from minigrad.workbook.checks.tables import tables
from minigrad.workbook.checks.values import SEEDS
from minigrad.workbook.spec import Array, Budget, Case, Dims, KernelSpec, Scalar

PART = "part4_strides"

Cell = tuple[str, int]
"""A storage and a place in it."""


def _tensors(*names: str) -> Mapping[str, str]:
    """The types of these tensors' parameters, three for each."""
    kinds = {"": "float32[:]", "_shape": "int64[:]", "_strides": "int64[:]"}
    return {f"{name}{rest}": kind for name in names for rest, kind in kinds.items()}


# The references: NumPy computes on the tensors that lie in the storages, and the answers are put where out has them.


def _elements(given: Mapping[str, Any], name: str) -> Array:
    import numpy as np

    shape, strides = (tuple(given[f"{name}_{rest}"].tolist()) for rest in ("shape", "strides"))
    return strided(np.asarray(given[name]), shape, strides)


def _put(elements: Any, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """The storage ``out`` with these elements, broadcast to its shape."""
    import numpy as np

    import minigrad

    shape, strides = (tuple(given[f"out_{rest}"].tolist()) for rest in ("shape", "strides"))
    whole = np.broadcast_to(np.asarray(elements, np.float32), shape)
    return {"out": minigrad.tensor(stored(whole, strides))}


def _mapped(f: Scalar, **given: Any) -> Mapping[str, Any]:
    return _put(f.on_arrays(_elements(given, "a")), given)


def _zipped(f: Scalar, **given: Any) -> Mapping[str, Any]:
    return _put(f.on_arrays(_elements(given, "a"), _elements(given, "b")), given)


def _reduced(f: Scalar, reduce_dim: int, **given: Any) -> Mapping[str, Any]:
    return _put(f.on_arrays(_elements(given, "a"), reduce_dim, f.start), given)


def _multiplied(**given: Any) -> Mapping[str, Any]:
    return _put(_elements(given, "a") @ _elements(given, "b"), given)


# The cases. Every draw is one choice from a table, so that a case is cheap and shrinking is quick.


def _case(arguments: Mapping[str, Array | int], order: str | int, scalar: str = "") -> Case:
    """The kernel is called, not launched: what runs in parallel is for its own loop to say."""
    return Case(arguments, (), (), order, scalar=scalar)


AS_OUT = None
"""An input lies as the output does: then a short way is tempting, and wrong where there are gaps."""

ALL_MANNERS: tuple[Manner | None, ...] = (*INPUT_MANNERS, AS_OUT, AS_OUT)


def _map_case(
    shape: Dims,
    out_lies: Manner,
    broadcast: Broadcast,
    a_lies: Manner | None,
    scalar: str = "a_plus_10",
    seed: int = 0,
    order: str | int = "forward",
) -> Case:
    return _case(
        {**an_output(shape, out_lies), **an_input("a", broadcast.shape(shape), a_lies or out_lies, seed, 0)},
        order,
        scalar,
    )


def _zip_case(
    shape: Dims,
    out_lies: Manner,
    broadcast_a: Broadcast,
    a_lies: Manner | None,
    broadcast_b: Broadcast,
    b_lies: Manner | None,
    scalar: str = "sub",
    seed: int = 0,
    order: str | int = "forward",
) -> Case:
    arguments = {
        **an_output(shape, out_lies),
        **an_input("a", broadcast_a.shape(shape), a_lies or out_lies, seed, 0),
        **an_input("b", broadcast_b.shape(shape), b_lies or out_lies, seed, 1),
    }
    return _case(arguments, order, scalar)


SOME_DIMENSION = tuple(shape for shape in SHAPES if shape)
"""Shapes with a dimension to reduce, which may be empty."""

DIMS = (0, 1, 2, 3)
"""Dimensions to reduce; where a tensor has fewer, they are counted round."""


def _reduce_case(
    shape: Dims,
    dim: int,
    out_lies: Manner,
    a_lies: Manner,
    scalar: str = "add",
    seed: int = 0,
    order: str | int = "forward",
) -> Case:
    reduce_dim = dim % len(shape)
    kept = tuple(1 if d == reduce_dim else size for d, size in enumerate(shape))
    arguments: dict[str, Any] = {
        **an_output(kept, out_lies, REDUCE_SCALARS[scalar].start),
        **an_input("a", shape, a_lies, seed, 0, FILLS[scalar]),
        "reduce_dim": reduce_dim,
    }
    return _case(arguments, order, scalar)


MATRICES = (
    *((2, 2, 2), (1, 2, 1), (2, 1, 2), (2, 3, 1), (1, 3, 2), (1, 1, 1), (2, 3, 4), (4, 2, 3), (3, 4, 2), (5, 7, 6)),
    *((2, 0, 3), (2, 0, 3), (0, 2, 3), (3, 2, 0)),
)
"""n, k and m of n × k times k × m."""

BATCHES: tuple[tuple[Dims, Dims], ...] = (
    *(((), ()), ((), ()), ((2,), (2,)), ((2,), ()), ((), (2,)), ((1,), (3,)), ((3,), (1,))),
    *(((2, 3), (2, 3)), ((2, 1), (1, 3)), ((1, 3), (2, 1)), ((2, 3), (3,)), ((3,), (2, 3)), ((2, 3), ()), ((), (3, 2))),
    *(((0,), (1,)), ((), (0, 2))),
)
"""The batch dimensions of both inputs."""


def _matmul_case(
    matrices: Dims,
    batches: tuple[Dims, Dims],
    out_lies: Manner,
    a_lies: Manner,
    b_lies: Manner,
    seed: int = 0,
    order: str | int = "forward",
) -> Case:
    import numpy as np

    (n, k, m), (batch_a, batch_b) = matrices, batches
    batch = np.broadcast_shapes(batch_a, batch_b)
    arguments = {
        **an_output((*batch, n, m), out_lies),
        **an_input("a", (*batch_a, n, k), a_lies, seed, 0),
        **an_input("b", (*batch_b, k, m), b_lies, seed, 1),
    }
    return _case(arguments, order)


ROWS, COLUMNS, OTHER, PART_OF, TURNED = MANNERS[:5]
FIRST, LAST, ONE = INPUT_MANNERS[len(MANNERS) :]
SAME, NO_COLUMNS, NO_ROWS, ONE_LESS = BROADCASTS[1:5]
NO_DIMENSIONS = BROADCASTS[-1]

_TELLING = {"shape": (2, 3)}


def _map_examples() -> tuple[Case, ...]:
    return (
        _map_case((3,), ROWS, SAME, ROWS),
        _map_case((2, 3), COLUMNS, NO_COLUMNS, PART_OF),
        _map_case((3, 2), ROWS, ONE_LESS, ROWS),
        _map_case((3, 2), PART_OF, SAME, AS_OUT),
        _map_case((2, 3, 2), TURNED, ONE_LESS, OTHER),
        _map_case((2, 1, 3, 2), OTHER, SAME, FIRST),
        _map_case((), ROWS, SAME, ROWS),
        _map_case((2, 0), ROWS, NO_ROWS, ROWS),
    )


def _zip_examples() -> tuple[Case, ...]:
    return (
        _zip_case((3,), ROWS, SAME, ROWS, SAME, OTHER),
        _zip_case((2, 3), COLUMNS, NO_COLUMNS, PART_OF, NO_ROWS, ROWS),
        _zip_case((2,), ROWS, NO_DIMENSIONS, ROWS, NO_COLUMNS, ROWS),
        _zip_case((3, 2), PART_OF, SAME, AS_OUT, SAME, AS_OUT),
        _zip_case((3, 2), ROWS, SAME, ROWS, ONE_LESS, ROWS),
        _zip_case((2, 3, 2), TURNED, ONE_LESS, OTHER, SAME, LAST),
        _zip_case((2, 1, 3, 2), OTHER, SAME, FIRST, ONE_LESS, ONE),
        _zip_case((), ROWS, SAME, ROWS, SAME, ROWS),
        _zip_case((2, 0), ROWS, NO_ROWS, ROWS, SAME, COLUMNS),
    )


def _reduce_examples() -> tuple[Case, ...]:
    return (
        _reduce_case((3,), 0, ROWS, ROWS),
        _reduce_case((2, 3), 0, ROWS, COLUMNS),
        _reduce_case((2, 3), 1, COLUMNS, ONE),
        _reduce_case((2, 3, 2), 1, OTHER, TURNED),
        _reduce_case((2, 1, 3, 2), 3, TURNED, FIRST),
        _reduce_case((2, 0), 1, ROWS, ROWS),
        _reduce_case((0, 2), 1, ROWS, ROWS),
    )


def _matmul_examples() -> tuple[Case, ...]:
    return (
        _matmul_case((2, 3, 4), ((), ()), ROWS, ROWS, COLUMNS),
        _matmul_case((2, 2, 2), ((2,), ()), COLUMNS, FIRST, OTHER),
        _matmul_case((1, 3, 2), ((1, 3), (2, 1)), OTHER, OTHER, TURNED),
        _matmul_case((2, 0, 3), ((), ()), ROWS, ROWS, ROWS),
        _matmul_case((0, 2, 3), ((2,), (2,)), ROWS, ROWS, ROWS),
    )


# The third star


def _parallel(trace: Any) -> str | None:
    """What breaks the third star of all: no loop is shared among the cores."""
    if max((loop.iterations for loop in trace.parallel_loops), default=0) <= 1:
        return "no prange runs more than one iteration, so one core does all the work"
    return None


def _storage_accesses(trace: Any) -> tuple[Counter[Cell], Counter[Cell]]:
    """How often each cell of an input is read, and each of an output written. Shapes and strides are left out."""
    accesses = [access for access in trace.accesses if access.space == "global"]
    outputs = {access.array for access in accesses if access.verb == "write"}
    reads = Counter((each.array, each.index[0]) for each in accesses if each.array not in outputs)
    writes = Counter((each.array, each.index[0]) for each in accesses if each.verb == "write")
    return reads, writes


def _more_than_once(times: Counter[Cell], done: str) -> str | None:
    for (name, place), many in times.items():
        if many > 1:
            return f"{name}[{place}] is {done} {many} times; once would do"
    return None


def _each_once(trace: Any, case: Case) -> str | None:
    """What breaks the third star of a map or zip."""
    reads, writes = _storage_accesses(trace)
    return _parallel(trace) or _more_than_once(reads, "read") or _more_than_once(writes, "written")


def _each_read_once(trace: Any, case: Case) -> str | None:
    """What breaks the third star of a reduction: combining in out itself does not."""
    reads, _ = _storage_accesses(trace)
    return _parallel(trace) or _more_than_once(reads, "read")


def _two_reads_a_product(trace: Any, case: Case) -> str | None:
    """What breaks the third star of a matrix product."""
    reads, writes = _storage_accesses(trace)
    done, enough = reads.total(), 2 * prod(layouts.shape_of(case, "out")) * layouts.shape_of(case, "a")[-1]
    if done > enough:
        return f"all iterations together do {done} reads from a and b; {enough} would do"
    return _parallel(trace) or _more_than_once(writes, "written")


SPECS = (
    KernelSpec(
        number=30,
        name="tensor_map",
        part=PART,
        signature=_tensors("out", "a"),
        outputs=("out",),
        reference=_mapped,
        cases=tables(
            _map_case,
            *(SHAPES, MANNERS, BROADCASTS, ALL_MANNERS, (*MAP_SCALARS,), SEEDS, ORDERS),
            **_TELLING,
            a_lies=COLUMNS,
        ),
        profile=lambda: _map_case((16, 16), ROWS, SAME, ROWS),
        budget=Budget(extra=_each_once),
        hints=(
            "One iteration makes one element of out. Given its number k, puzzle 26 tells where it goes. Which shape "
            "and which strides tell where it comes from?",
            "Before the loop, find the strides that a has when it is broadcast to the shape of out, as in puzzle 29. "
            "Then both places come from k and out_shape. There are as many elements as the product of out_shape says, "
            "and that may be fewer than len(out).",
            "The index of a prange is unsigned: k % size makes a float of it, which is no index, and int(k) does not "
            "help. It cannot be assigned to either. Begin each iteration with np.int64(...) of it. A buffer for an "
            "index is made inside the loop.",
        ),
        remark=layouts.remark,
        takes=("f",),
        scalars=MAP_SCALARS,
        target="cpu",
        elements=layouts.elements_of_out,
        examples=_map_examples,
    ),
    KernelSpec(
        number=31,
        name="tensor_zip",
        part=PART,
        signature=_tensors("out", "a", "b"),
        outputs=("out",),
        reference=_zipped,
        cases=tables(
            _zip_case,
            *(SHAPES, MANNERS, *[BROADCASTS, ALL_MANNERS] * 2, (*ZIP_SCALARS,), SEEDS, ORDERS),
            **_TELLING,
            broadcast_b=NO_ROWS,
        ),
        profile=lambda: _zip_case((16, 16), ROWS, SAME, ROWS, SAME, ROWS),
        budget=Budget(extra=_each_once),
        hints=(
            "It is puzzle 30 with one more place to find. What there was about a alone is the same for b.",
            "Each input has strides of its own in the shape of out: work out both before the loop. In it, the same k "
            "and the same shape give three places.",
            "All places are taken from out_shape, also those in a and b: with the shape of an input, k would be taken "
            "apart wrongly. As before, np.int64 of the prange's index first. f gets the element of a first.",
        ),
        remark=layouts.remark,
        takes=("f",),
        scalars=ZIP_SCALARS,
        target="cpu",
        elements=layouts.elements_of_out,
        examples=_zip_examples,
    ),
    KernelSpec(
        number=32,
        name="tensor_reduce",
        part=PART,
        signature={**_tensors("out", "a"), "reduce_dim": "int64"},
        outputs=("out",),
        reference=_reduced,
        cases=tables(
            _reduce_case,
            *(SOME_DIMENSION, DIMS, MANNERS, INPUT_MANNERS, (*REDUCE_SCALARS,), SEEDS, ORDERS),
            **_TELLING,
            dim=1,
        ),
        profile=lambda: _reduce_case((16, 16), 1, ROWS, ROWS),
        budget=Budget(extra=_each_read_once),
        hints=(
            "There are two loops: over the elements of out, and over those of a that go into one of them. If "
            "iterations run at the same time, which of the two loops may be parallel?",
            "Let the prange go over the elements of out, so that no cell is written by two iterations. The index of an "
            "element of out is also the index of the first element of a that goes into it, since it is 0 along "
            "reduce_dim.",
            "From k and out_shape come two places, one with the strides of out and one with those of a. From there, "
            "the elements of a lie a_strides[reduce_dim] apart. Begin with what out holds: it is the start. As in "
            "puzzle 30, np.int64 of the prange's index first.",
        ),
        remark=layouts.remark,
        arrives_filled=("out",),
        takes=("f",),
        scalars=REDUCE_SCALARS,
        target="cpu",
        elements=layouts.elements_of_out,
        examples=_reduce_examples,
    ),
    KernelSpec(
        number=33,
        name="tensor_matmul",
        part=PART,
        signature=_tensors("out", "a", "b"),
        outputs=("out",),
        reference=_multiplied,
        cases=tables(
            _matmul_case,
            *(MATRICES, BATCHES, MANNERS, INPUT_MANNERS, INPUT_MANNERS, SEEDS, ORDERS),
            matrices=(2, 3, 4),
        ),
        profile=lambda: _matmul_case((8, 8, 8), ((), ()), ROWS, ROWS, ROWS),
        budget=Budget(extra=_two_reads_a_product),
        hints=(
            "One iteration makes one element of out: a row of a times a column of b. Where does the row begin, and "
            "where the column?",
            "As in a zip, the places come from k, out_shape and broadcast strides. But the row of a is the same for "
            "all columns of out, and the column of b for all its rows. Which stride is 0 for that?",
            "Set the last of a's broadcast strides to 0, and the last but one of b's. Then walk: along the row by "
            "the last of a_strides, down the column by the last but one of b_strides. Begin the sum inside the prange, "
            "with 0.0, and np.int64 of its index.",
        ),
        remark=layouts.remark,
        takes=(),
        target="cpu",
        elements=layouts.elements_of_out,
        examples=_matmul_examples,
    ),
)
