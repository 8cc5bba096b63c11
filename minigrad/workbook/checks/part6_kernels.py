"""Part 6, backward kernels: puzzles 73 to 79, from the gradient of an output to those of the inputs.

What is expected of them stands in ``part6_operations``. The table ``SPECS`` at the end is read from top to bottom; the
functions above it make a kernel's arguments, and one further rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from minigrad.workbook.checks import part6_operations as operations
from minigrad.workbook.checks import remarks
from minigrad.workbook.checks.launches import (
    COVERS,
    COVERS_2D,
    TILE_COVERS,
    TPB_COVERS,
    TPB_FULL_ROWS,
    WITH_TILE,
    WITH_TPB,
    Launch,
    case_of,
    cases,
)
from minigrad.workbook.checks.part1_map import INT, LINE, SHEET
from minigrad.workbook.checks.values import Fill, counting, tied, unwritten
from minigrad.workbook.spec import Array, Budget, Case, Dims, KernelSpec

PART = "part6_backward"

_FOUR_BLOCKS = Launch((256,), grid=(4,), block=(64,))

_FOUR_OF_TPB = _FOUR_BLOCKS._replace(constants={"TPB": 64})

_TILES = Launch((16, 32), grid=(4, 2), block=(8, 8), constants={"TILE": 8})

_WIDE_BLOCKS = Launch((64, 64), grid=(2, 32), block=(32, 2))
"""A warp is a stretch of a row, and the sheet is a square, so that a kernel with rows along x reaches all of it too."""

_ROWS = Launch((4, 512), grid=(4,), block=(64,), constants={"TPB": 64})

_STEPS = 6
"""Steps of a scan by 64 threads: log2(64)."""


# What the arrays hold


def _incoming(shape: Dims, seed: int, place: int) -> Array:
    """Seed 0 is 2, 3 … 9, again and again: never 1, so that a derivative without ``d`` shows at once."""
    import numpy as np

    if seed:
        return counting(shape, seed, place)
    return np.resize(np.arange(2, 10, dtype=np.float32), shape)


def _up_to_80(shape: Dims, seed: int, place: int) -> Array:
    """Seed 0 is 0, 1, −1, 2, −2 …; the others are from −4 to 4, from −20 to 20, or from −80 to 80."""
    import numpy as np

    if seed:
        return counting(shape, seed, place) * np.float32((1, 5, 20)[seed % 3])
    return np.resize(np.array([0, *(x for k in range(1, 81) for x in (k, -k))], np.float32), shape)


# The arguments. The gradient that arrives is the last of the arrays that are filled.


def _line(shape: Dims, seed_a: int = 0, seed_d: int = 0) -> Mapping[str, Array | int]:
    return {
        "grad_a": unwritten(shape),
        "d": _incoming(shape, seed_d, 1),
        "a": _up_to_80(shape, seed_a, 0),
        "size": shape[0],
    }


def _two(shape: Dims, seed_a: int = 0, seed_b: int = 0, seed_d: int = 0) -> Mapping[str, Array | int]:
    return {
        "grad_a": unwritten(shape),
        "grad_b": unwritten(shape),
        "d": _incoming(shape, seed_d, 2),
        "a": counting(shape, seed_a, 0),
        "b": counting(shape, seed_b, 1),
        "size": shape[0],
    }


def _column_and_row(shape: Dims, seed_a: int = 0, seed_b: int = 0, seed_d: int = 0) -> Mapping[str, Array | int]:
    import numpy as np

    rows, cols = shape
    return {
        "grad_a": np.zeros((rows, 1), np.float32),
        "grad_b": np.zeros((1, cols), np.float32),
        "d": _incoming(shape, seed_d, 2),
        "a": counting((rows, 1), seed_a, 0),
        "b": counting((1, cols), seed_b, 1),
        "rows": rows,
        "cols": cols,
    }


def _copies(shape: Dims, seed: int = 0) -> Mapping[str, Array | int]:
    rows, cols = shape
    return {"grad_a": unwritten(shape), "d": counting((rows,), seed, 0), "rows": rows, "cols": cols}


def _choices(shape: Dims, seed_a: int = 0, seed_d: int = 0) -> Mapping[str, Array | int]:
    rows, cols = shape
    return {
        "grad_a": unwritten(shape),
        "d": _incoming((rows,), seed_d, 1),
        "a": tied(shape, seed_a, 0),
        "rows": rows,
        "cols": cols,
    }


def _gradient_alone(shape: Dims, seed: int = 0, fill: Fill = counting) -> Mapping[str, Array | int]:
    return {"grad_a": unwritten(shape), "d": fill(shape, seed, 0), "size": shape[0]}


# What no column of a budget says


def _each_read_once(array: str) -> Callable[[Any, Case], str | None]:
    """That all threads together read no more elements of an array than it has."""

    def excess(trace: Any, case: Case) -> str | None:
        reads = sum(access.verb == "read" and access.array == array for access in trace.accesses)
        size = int(getattr(case.arguments[array], "size", 0))
        return f"all threads together do {reads} reads from {array}; {size} would do" if reads > size else None

    return excess


SPECS: tuple[KernelSpec, ...] = (
    KernelSpec(
        number=73,
        name="map_backward",
        part=PART,
        signature={"grad_a": LINE, "d": LINE, "a": LINE, "size": INT},
        outputs=("grad_a",),
        reference=operations.map_backward,
        cases=cases(COVERS, _line, arrays=2),
        profile=lambda: case_of(_FOUR_BLOCKS, _line((256,))),
        budget=Budget(reads=2, writes=1),
        # In float32, 1 - s is off by 2e-7 where s is near 1, and |d| is at most 9.
        tolerance=5e-6,
        hints=(
            "It is a map again, with two inputs: which elements does thread `i` need, and what is the derivative "
            "at one of them?",
            "With s for the sigmoid of an element, the derivative is s times what s lacks to 1. Compute s once and "
            "keep it in a local variable.",
            "The chain rule multiplies the derivative at `a[i]` by the gradient that arrives at the same place. "
            "`math.exp` works in a kernel.",
        ),
        remark=remarks.threads_and_elements,
    ),
    KernelSpec(
        number=74,
        name="zip_backward",
        part=PART,
        signature={"grad_a": LINE, "grad_b": LINE, "d": LINE, "a": LINE, "b": LINE, "size": INT},
        outputs=("grad_a", "grad_b"),
        reference=operations.zip_backward,
        cases=cases(COVERS, _two, arrays=3),
        profile=lambda: case_of(_FOUR_BLOCKS, _two((256,))),
        budget=Budget(reads=3, writes=2),
        hints=(
            "If an element of `a` grows by a little, by how much does the product grow? Then the same for `b`.",
            "Each operand's gradient has the *other* operand in it, times what arrives at that place.",
            "Both gradients need the element of `d`. Read it once into a local variable, under one guard for both "
            "results.",
        ),
        remark=remarks.threads_and_elements,
    ),
    KernelSpec(
        number=75,
        name="broadcast_backward",
        part=PART,
        signature=dict.fromkeys(("grad_a", "grad_b", "d", "a", "b"), SHEET) | {"rows": INT, "cols": INT},
        outputs=("grad_a", "grad_b"),
        arrives_filled=("grad_a", "grad_b"),
        constants=WITH_TILE,
        reference=operations.broadcast_backward,
        cases=cases(TILE_COVERS, _column_and_row, arrays=3),
        profile=lambda: case_of(_TILES, _column_and_row((16, 32))),
        budget=Budget(reads=3, block_atomics=16, extra=_each_read_once("d")),
        hints=(
            "One tile first. Each thread makes two products, one for each gradient. Which threads' products go into "
            "`grad_a[0, 0]`, and which into `grad_b[0, 0]`?",
            "Two shared squares, one for each gradient, with 0 where a thread has no element. After the barrier, "
            "threads of one edge of the tile each add up a row of the first, and threads of another a column of "
            "the second.",
            "Several tiles lie over the same row, so a sum of one tile is only a part: it goes to its cell with "
            "`cuda.atomic.add`, which takes a pair as index. Guard each edge by its own direction alone.",
        ),
        remark=remarks.tiles,
    ),
    KernelSpec(
        number=76,
        name="sum_backward",
        part=PART,
        signature={"grad_a": SHEET, "d": LINE, "rows": INT, "cols": INT},
        outputs=("grad_a",),
        reference=operations.sum_backward,
        cases=cases(COVERS_2D, _copies),
        profile=lambda: case_of(_WIDE_BLOCKS, _copies((64, 64))),
        # 64 · 64 elements written, 8 to a sector, and 128 warps that each read one element of d: 640, and a quarter.
        budget=Budget(reads=1, writes=1, sectors=800),
        hints=(
            "If one element of a row grows by 1, by how much does the sum of the row grow? Does it matter which "
            "column it is in?",
            "Lay the threads out over `grad_a`, as in puzzle 5. What a cell gets depends on one of its two indices "
            "only.",
            "There is nothing to add up: one read, at the row, and one write. Let x be the column, so that "
            "neighbours write neighbours.",
        ),
        remark=remarks.rows_and_columns,
    ),
    KernelSpec(
        number=77,
        name="max_backward",
        part=PART,
        signature={"grad_a": SHEET, "d": LINE, "a": SHEET, "rows": INT, "cols": INT},
        outputs=("grad_a",),
        constants=WITH_TPB,
        reference=operations.max_backward,
        cases=cases(TPB_FULL_ROWS, _choices, arrays=2),
        profile=lambda: case_of(_ROWS, _choices((4, 512))),
        # 2048 elements read and written, 8 to a sector, and an element of d for each of four rows: 516, and a quarter.
        budget=Budget(sectors=645, extra=_each_read_once("a")),
        hints=(
            "One cell of a row gets `d` of that row, all others 0. Which puzzle has found out which cell it is?",
            "Up to the end of the tree it is puzzle 21: values and columns travel together, and of equal values the "
            "smaller column wins. Then every thread has to learn the column.",
            "After one more barrier, every thread reads the winning column from shared memory and passes over its own "
            "cells a second time. That needs no second look at `a`.",
        ),
        remark=remarks.largest_of_rows,
    ),
    KernelSpec(
        number=78,
        name="pooling_backward",
        part=PART,
        signature={"grad_a": LINE, "d": LINE, "size": INT},
        outputs=("grad_a",),
        reference=operations.pooling_backward,
        cases=cases(COVERS, _gradient_alone),
        profile=lambda: case_of(_FOUR_BLOCKS, _gradient_alone((256,))),
        budget=Budget(reads=3, writes=1, atomics=0),
        hints=(
            "Write down all sums of puzzle 14 that contain `a[4]`. At which places of `out` do they stand?",
            "Those places of `d` are what `a[4]` gets, added up. So turn it round: not where an element of `d` "
            "goes, but from where a cell of `grad_a` takes.",
            "A thread adds up to three elements in a local variable: at its own place and at the next two, as far "
            "as these are below `size`. Then it writes once.",
        ),
        remark=remarks.windows,
    ),
    KernelSpec(
        number=79,
        name="scan_backward",
        part=PART,
        signature={"grad_a": LINE, "d": LINE, "size": INT},
        outputs=("grad_a",),
        constants=WITH_TPB,
        reference=operations.scan_backward,
        cases=cases(TPB_COVERS, _gradient_alone),
        profile=lambda: case_of(_FOUR_OF_TPB, _gradient_alone((256,))),
        budget=Budget(reads=1, writes=1, barriers=2 * _STEPS + 2, shared_reads=5 * _STEPS + 2),
        hints=(
            "The first element of a stretch goes into every running sum of it, the last into one only. Which "
            "elements of `d` does each of them get?",
            "It is puzzle 18 seen in a mirror: each place adds the one that lies a distance to its right, and the "
            "distance doubles.",
            "The last stretch may be short, and now its missing end is where the sums begin: the places there have "
            "to hold 0. A thread with nobody so far to its right adds nothing.",
        ),
        remark=remarks.last_stretch,
    ),
)
"""The puzzles of Part 6, in order."""
