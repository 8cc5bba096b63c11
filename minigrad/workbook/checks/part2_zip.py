"""Part 2, zip: puzzles 7 to 12, where two arrays or more meet element by element.

The last two have one input again, but more to say about an index: where an element goes, and whether it is
read at all. The table ``SPECS`` at the end is read from top to bottom; the functions above it make a kernel's
arguments.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minigrad.workbook.checks import remarks
from minigrad.workbook.checks.launches import COVERS, COVERS_2D, COVERS_SQUARE, Launch, case_of, cases
from minigrad.workbook.checks.part1_map import INT, LINE, SHEET
from minigrad.workbook.checks.values import Fill, counting, signed, unwritten
from minigrad.workbook.spec import Array, Budget, Case, Dims, KernelSpec

PART = "part2_zip"

_FOUR_BLOCKS = Launch((256,), grid=(4,), block=(64,))

_TURNS = (0, 1, -1, 2, -3, 1000)
"""How many times a roll goes round the whole array before the rest of its shift."""

_STEPS = (1, 2, 0, -1, -2, 5, -7)
"""The rest of the shift, which may be longer than a small array too."""


def _two(shape: Dims, seed_a: int = 0, seed_b: int = 0, fill: Fill = counting) -> Mapping[str, Array | int]:
    return {
        "out": unwritten(shape),
        "a": fill(shape, seed_a, 0),
        "b": fill(shape, seed_b, 1),
        "size": shape[0],
    }


def _two_signed(shape: Dims, seed_a: int = 0, seed_b: int = 0) -> Mapping[str, Array | int]:
    return _two(shape, seed_a, seed_b, signed)


def _three(shape: Dims, seed_a: int = 0, seed_b: int = 0, seed_c: int = 0) -> Mapping[str, Array | int]:
    inputs = {
        "a": counting(shape, seed_a, 0),
        "b": counting(shape, seed_b, 1),
        "c": counting(shape, seed_c, 2),
    }
    return {"out": unwritten(shape), **inputs, "size": shape[0]}


def _column_and_row(shape: Dims, seed_a: int = 0, seed_b: int = 0) -> Mapping[str, Array | int]:
    rows, cols = shape
    a, b = counting((rows, 1), seed_a, 0), counting((1, cols), seed_b, 1)
    return {"out": unwritten(shape), "a": a, "b": b, "rows": rows, "cols": cols}


def _rolled(shape: Dims, seed: int = 0, turns: int = 0, steps: int = 0) -> Mapping[str, Array | int]:
    (size,) = shape
    return {
        "out": unwritten(shape),
        "a": counting(shape, seed, 0),
        "shift": turns * size + steps,
        "size": size,
    }


def _square(shape: Dims, seed: int = 0) -> Mapping[str, Array | int]:
    return {"out": unwritten(shape), "a": counting(shape, seed, 0), "size": shape[0]}


def _larger(a: Any, b: Any, size: int) -> Mapping[str, Any]:
    from minigrad import where

    return {"out": where(abs(a) >= abs(b), a, b)}


def _reads_below(trace: Any, case: Case) -> str | None:
    """What breaks the third star of mask: an element is read although its place alone makes it 0."""
    for access in trace.accesses:
        if access.verb == "read" and access.array == "a" and access.index[0] > access.index[1]:
            row, column = access.index
            return (
                f"a[{row}, {column}] is read, though it lies below the diagonal: "
                "what it holds makes no difference there."
            )
    return None


SPECS = (
    KernelSpec(
        number=7,
        name="zip",
        part=PART,
        signature={"out": LINE, "a": LINE, "b": LINE, "size": INT},
        outputs=("out",),
        reference=lambda a, b, size: {"out": a + b},
        cases=cases(COVERS, _two, arrays=2),
        profile=lambda: case_of(_FOUR_BLOCKS, _two((256,))),
        budget=Budget(reads=2, writes=1),
        hints=(
            "What does thread `i` need, and from where? Begin with the kernel of puzzle 3.",
            "One index is enough: both inputs and the output have the element at the same place.",
            "Guard as before; then `out` at `i` is the sum of two reads, one from each input.",
        ),
        remark=remarks.threads_and_elements,
    ),
    KernelSpec(
        number=8,
        name="broadcast",
        part=PART,
        signature={"out": SHEET, "a": SHEET, "b": SHEET, "rows": INT, "cols": INT},
        outputs=("out",),
        reference=lambda a, b, rows, cols: {"out": a + b},
        cases=cases(COVERS_2D, _column_and_row, arrays=2),
        profile=lambda: case_of(Launch((16, 32), grid=(4, 2), block=(8, 8)), _column_and_row((16, 32))),
        budget=Budget(reads=2, writes=1),
        hints=(
            "Take one element of `out`, say row 1, column 2. Which element of `a` went into it, and which of `b`?",
            "`a` has a single column and `b` a single row. Along an axis of length 1 there is just one index to use.",
            "That index is 0. The other one is the row for `a`, and the column for `b`; and x counts columns.",
        ),
        remark=remarks.rows_and_columns,
    ),
    KernelSpec(
        number=9,
        name="fuse",
        part=PART,
        signature={"out": LINE, "a": LINE, "b": LINE, "c": LINE, "size": INT},
        outputs=("out",),
        reference=lambda a, b, c, size: {"out": a * b + c},
        cases=cases(COVERS, _three, arrays=3),
        profile=lambda: case_of(_FOUR_BLOCKS, _three((256,), 0, 0, 0)),
        budget=Budget(reads=3, writes=1),
        hints=(
            "The thread that computes a product is the one that needs it. Does the product have to be stored anywhere?",
            "Write to `out` once, at the very end. All that comes before is an expression, or a local variable.",
            "It is puzzle 7 with a third input: one assignment whose right-hand side holds all three reads.",
        ),
        remark=remarks.threads_and_elements,
    ),
    KernelSpec(
        number=10,
        name="choose",
        part=PART,
        signature={"out": LINE, "a": LINE, "b": LINE, "size": INT},
        outputs=("out",),
        reference=_larger,
        cases=cases(COVERS, _two_signed, arrays=2),
        profile=lambda: case_of(_FOUR_BLOCKS, _two_signed((256,))),
        budget=Budget(reads=2, writes=1),
        hints=(
            "You need each element twice: once to compare it, once to hand it on. Must both times be a read?",
            "Put the two elements into local variables first. Compare their absolute values, but store "
            "the variable itself, or the sign is gone.",
            "`abs(...)` works in a kernel. On a tie `a` wins, so the comparison that chooses `a` has to "
            "be true when the two are equal.",
        ),
        remark=remarks.first_tie,
    ),
    KernelSpec(
        number=11,
        name="roll",
        part=PART,
        signature={"out": LINE, "a": LINE, "shift": INT, "size": INT},
        outputs=("out",),
        reference=lambda a, shift, size: {"out": a.roll(shift)},
        cases=cases(COVERS, _rolled, others=(_TURNS, _STEPS)),
        profile=lambda: case_of(_FOUR_BLOCKS, _rolled((256,), steps=5)),
        budget=Budget(reads=1, writes=1),
        hints=(
            "Give thread `i` the element `a[i]`. At which index does it land if nothing goes over the "
            "edge, and what brings it back if something does?",
            "The remainder of a division by `size` always lies from 0 to `size - 1`, in Python and in "
            "numba also when the shift is negative. Nothing may be divided by a size of 0, so mind where"
            " you compute it.",
            "Guard first. Within the guard, the place to write to is `i + shift`, taken modulo `size`; "
            "the place to read from is `i`.",
        ),
        remark=remarks.where_the_shift_leads,
    ),
    KernelSpec(
        number=12,
        name="mask",
        part=PART,
        signature={"out": SHEET, "a": SHEET, "size": INT},
        outputs=("out",),
        reference=lambda a, size: {"out": a.triu()},
        cases=cases(COVERS_SQUARE, _square),
        profile=lambda: case_of(Launch((16, 16), grid=(2, 2), block=(8, 8)), _square((16, 16))),
        budget=Budget(reads=1, writes=1, extra=_reads_below),
        hints=(
            "Draw a square of 3 by 3 and write row and column into each cell. What do the cells below "
            "the diagonal have in common?",
            "Below the diagonal the row is larger than the column. A thread knows its row and column "
            "before it has read anything, so decide first, and read only where the answer depends on it.",
            "After the guard there are two cases, an `if` and an `else`: one writes 0 without a look at "
            "`a`, the other copies. The diagonal itself is copied.",
        ),
        remark=remarks.below_the_diagonal,
    ),
)
"""The puzzles of Part 2, in order."""
