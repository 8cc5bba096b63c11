"""Part 1, map: puzzles 0 to 6, where every element is an affair of its own.

All of them but the first compute ``a + 10``; what changes is how threads find their elements. The table
``SPECS`` at the end is read from top to bottom; the functions above it make a kernel's arguments.
"""

from __future__ import annotations

from collections.abc import Mapping

from minigrad.workbook.checks import remarks
from minigrad.workbook.checks.launches import (
    ANY,
    COVERS,
    COVERS_2D,
    EXACTLY,
    ONE_BLOCK,
    ONE_BLOCK_2D,
    Launch,
    case_of,
    cases,
)
from minigrad.workbook.checks.values import counting, unwritten
from minigrad.workbook.spec import Array, Budget, Dims, KernelSpec

PART = "part1_map"

LINE, SHEET, INT = "float32[::1]", "float32[:, ::1]", "int64"
"""numba's types of the parameters: arrays of one and two dimensions, and sizes."""


def _line(shape: Dims, seed: int = 0) -> Mapping[str, Array | int]:
    return {"out": unwritten(shape), "a": counting(shape, seed, 0)}


def _sized_line(shape: Dims, seed: int = 0) -> Mapping[str, Array | int]:
    return {**_line(shape, seed), "size": shape[0]}


def _sheet(shape: Dims, seed: int = 0) -> Mapping[str, Array | int]:
    return {**_line(shape, seed), "rows": shape[0], "cols": shape[1]}


SPECS = (
    KernelSpec(
        number=0,
        name="hello",
        part=PART,
        signature={"out": LINE, "a": LINE},
        outputs=("out",),
        reference=lambda a: {"out": a},
        cases=cases(EXACTLY, _line),
        profile=lambda: case_of(Launch((64,), grid=(1,), block=(64,)), _line((64,))),
        budget=Budget(reads=1, writes=1),
        hints=(
            "This one comes solved. If you have changed it: each thread copies one element, the one with"
            " its own number.",
            "Read from `a`, write to `out`, and use the same index for both.",
            "The index is `i`, on both sides of the equals sign, with nothing added to it.",
        ),
        remark=remarks.threads_and_elements,
    ),
    KernelSpec(
        number=1,
        name="map",
        part=PART,
        signature={"out": LINE, "a": LINE},
        outputs=("out",),
        reference=lambda a: {"out": a + 10},
        cases=cases(EXACTLY, _line),
        profile=lambda: case_of(Launch((64,), grid=(1,), block=(64,)), _line((64,))),
        budget=Budget(reads=1, writes=1),
        hints=(
            "There is no loop to write. Ask yourself what the one thread with the number `i` has to do.",
            "Thread `i` needs one element of `a` and fills one element of `out`. Puzzle 0 does the same,"
            " without the 10.",
            "The right-hand side is element `i` of `a`, plus 10; the left-hand side is element `i` of `out`.",
        ),
        remark=remarks.threads_and_elements,
    ),
    KernelSpec(
        number=2,
        name="guard",
        part=PART,
        signature={"out": LINE, "a": LINE, "size": INT},
        outputs=("out",),
        reference=lambda a, size: {"out": a + 10},
        cases=cases(ONE_BLOCK, _sized_line),
        profile=lambda: case_of(Launch((64,), grid=(1,), block=(64,)), _sized_line((64,))),
        budget=Budget(reads=1, writes=1),
        hints=(
            "Not every thread has an element. What is the number of the last thread that has one? And of "
            "the first that has none?",
            "Elements are numbered from 0 to `size - 1`. Let a thread compare its number with `size` "
            "before it reads or writes anything.",
            "Put the line of puzzle 1 under an `if`. The thread with number `size` must already stay "
            "out, so the comparison is a strict one.",
        ),
        remark=remarks.threads_and_elements,
    ),
    KernelSpec(
        number=3,
        name="blocks",
        part=PART,
        signature={"out": LINE, "a": LINE, "size": INT},
        outputs=("out",),
        reference=lambda a, size: {"out": a + 10},
        cases=cases(COVERS, _sized_line),
        profile=lambda: case_of(Launch((256,), grid=(4,), block=(64,)), _sized_line((256,))),
        budget=Budget(reads=1, writes=1),
        hints=(
            "The stub's `i` counts threads through the whole launch. Which block has threads with nothing to do?",
            "Only the index is new. What a thread does with `i`, and when it must do nothing, is as it "
            "was in puzzle 2.",
            "Guard with the global index `i`, not with `cuda.threadIdx.x`: it is `i` that must stay below `size`.",
        ),
        remark=remarks.threads_and_elements,
    ),
    KernelSpec(
        number=4,
        name="map_2d",
        part=PART,
        signature={"out": SHEET, "a": SHEET, "rows": INT, "cols": INT},
        outputs=("out",),
        reference=lambda a, rows, cols: {"out": a + 10},
        cases=cases(ONE_BLOCK_2D, _sheet),
        profile=lambda: case_of(Launch((8, 8), grid=(1, 1), block=(8, 8)), _sheet((8, 8))),
        budget=Budget(reads=1, writes=1),
        hints=(
            "Arrays say row, column; threads say x, y. Which of x and y counts columns?",
            "x runs along a row, so it counts columns and belongs into the second place of an index. "
            "Each direction has threads to spare, so each needs its own test.",
            "Compare `x` with `cols` and `y` with `rows`; a thread works only if both are small enough. "
            "The element is the one in row `y`, column `x`.",
        ),
        remark=remarks.rows_and_columns,
    ),
    KernelSpec(
        number=5,
        name="blocks_2d",
        part=PART,
        signature={"out": SHEET, "a": SHEET, "rows": INT, "cols": INT},
        outputs=("out",),
        reference=lambda a, rows, cols: {"out": a + 10},
        cases=cases(COVERS_2D, _sheet),
        # A block of 32 × 2, not 8 × 8: each warp is one stretch of a row then, so a kernel that makes x the
        # row needs 32 pieces of memory where 4 are enough. The array is square so that such a kernel would
        # still reach all of it.
        profile=lambda: case_of(Launch((64, 64), grid=(2, 32), block=(32, 2)), _sheet((64, 64))),
        # 64 · 64 elements, 8 to a 32-byte sector, read once and written once: 2 · 512 sectors; a quarter more
        # is 1280.
        budget=Budget(reads=1, writes=1, sectors=1280),
        hints=(
            "Puzzle 3 has the index for one direction. Here you need it twice, each time from its own x or y.",
            "Make a column from `blockIdx.x`, `blockDim.x` and `threadIdx.x`, a row from the three with "
            "y, and then guard and index as in puzzle 4.",
            "For the third star, threads with neighbouring x must touch neighbouring elements of one "
            "row, so the x side is the column. `cuda.grid(2)` returns both global indices at once, x "
            "first.",
        ),
        remark=remarks.rows_and_columns,
    ),
    KernelSpec(
        number=6,
        name="grid_stride",
        part=PART,
        signature={"out": LINE, "a": LINE, "size": INT},
        outputs=("out",),
        reference=lambda a, size: {"out": a + 10},
        cases=cases(ANY, _sized_line),
        profile=lambda: case_of(Launch((1024,), grid=(2,), block=(64,)), _sized_line((1024,))),
        # 1024 elements for 128 threads. Each is read once and written once, a warp at a time on 32 neighbours,
        # which are 4 sectors: 2 · 1024 / 8 = 256 sectors; a quarter more is 320. A thread that takes 8 neighbours
        # for itself makes every access of a warp 32 sectors, 2048 in all.
        budget=Budget(total_reads=1024, total_writes=1024, sectors=320),
        hints=(
            "A thread may have several elements to do, so there is a loop after all. Where does it "
            "begin, how far does it go in one step, and where does it end?",
            "It begins at the thread's global index, and one step passes over all the threads of the "
            "launch, because the others take the elements in between. `cuda.gridsize(1)` says how many "
            "they are.",
            "`range` takes a start, an end and a step. The end is `size`, and it does the guard's work "
            "too: a thread that starts beyond it makes no turn.",
        ),
        remark=remarks.threads_and_elements,
    ),
)
"""The puzzles of Part 1, in order."""
