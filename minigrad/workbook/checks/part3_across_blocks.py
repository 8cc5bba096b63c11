"""Part 3, reduce: puzzles 19 to 22, where blocks meet.

In 19 and 20 they meet in one cell, by an atomic; in 21 each has a row of its own, and reduces pairs; in 22 the last
to finish adds up what all have left behind. The table ``SPECS`` at the end is read from top to bottom; the functions
above it make a kernel's arguments.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from minigrad.workbook.checks import remarks
from minigrad.workbook.checks.launches import (
    TPB_ANY,
    TPB_FULL_ROWS,
    TPB_MORE_BLOCKS,
    WITH_TPB,
    Launch,
    case_of,
    cases,
)
from minigrad.workbook.checks.part1_map import INT, LINE, SHEET
from minigrad.workbook.checks.values import counting, low, tied, unwritten
from minigrad.workbook.spec import Array, Budget, Case, Dims, KernelSpec

PART = "part3_reduce"

COLUMNS, COUNTER = "int32[::1]", "uint32[::1]"
"""numba's types of a row of column numbers, and of a counter: unsigned, or ``atomic.inc`` does not compile."""

_EIGHT_EACH = Launch((2048,), grid=(4,), block=(64,), constants={"TPB": 64})
"""The profile of a sum over everything: eight elements for each thread of four blocks."""

_ROWS = Launch((4, 512), grid=(4,), block=(64,), constants={"TPB": 64})
"""The profile of a row for each block."""


def _sum(shape: Dims, seed: int = 0) -> Mapping[str, Array | int]:
    import numpy as np

    return {"out": np.zeros(1, np.float32), "a": counting(shape, seed, 0), "size": shape[0]}


def _max(shape: Dims, seed: int = 0) -> Mapping[str, Array | int]:
    import numpy as np

    return {"out": np.full(1, -math.inf, np.float32), "a": low(shape, seed, 0), "size": shape[0]}


def _argmax(shape: Dims, seed: int = 0) -> Mapping[str, Array | int]:
    import numpy as np

    rows, cols = shape
    return {"out": np.full(rows, -1, np.int32), "a": tied(shape, seed, 0), "rows": rows, "cols": cols}


def _in_two_steps(shape: Dims, seed: int = 0) -> Mapping[str, Array | int]:
    """The arguments of last_block; how many partial sums there are is known only with the grid."""
    import numpy as np

    return {
        "out": unwritten((1,)),
        "partial": unwritten((0,)),
        "counter": np.zeros(1, np.uint32),
        "a": counting(shape, seed, 0),
        "size": shape[0],
    }


def _with_partial(case: Case) -> Case:
    """The case with a partial sum for each block."""
    return replace(case, arguments={**case.arguments, "partial": unwritten(case.grid)})


def _largest(a: Any, size: int) -> Mapping[str, Any]:
    from minigrad import tensor

    return {"out": a.max().reshape(1) if size else tensor([-math.inf])}


def _first_largest(a: Any, rows: int, cols: int) -> Mapping[str, Any]:
    from minigrad import int32

    return {"out": a.argmax(1).to(int32)}


def _reads_of_a(trace: Any, case: Case) -> str | None:
    """What breaks the third star of last_block: too many reads of ``a``. Partial sums are read on top of them."""
    readers = Counter(
        (access.block, access.thread) for access in trace.accesses if access.verb == "read" and access.array == "a"
    )
    size = case.sizes()["size"]
    if readers.total() > size:
        return f"all threads together do {readers.total()} reads from a; {size} would do"
    busiest, share = max(readers.values(), default=0), size // case.threads
    return f"a thread reads {busiest} elements of a; {share} would do" if busiest > share else None


SPECS: tuple[KernelSpec, ...] = (
    KernelSpec(
        number=19,
        name="sum_all",
        part=PART,
        signature={"out": LINE, "a": LINE, "size": INT},
        outputs=("out",),
        arrives_filled=("out",),
        constants=WITH_TPB,
        reference=lambda a, size: {"out": a.sum().reshape(1)},
        cases=cases(TPB_ANY, _sum),
        profile=lambda: case_of(_EIGHT_EACH, _sum((2048,))),
        budget=Budget(reads=8, total_reads=2048, block_atomics=1),
        hints=(
            "Three steps: each thread adds up its own elements, each block the sums of its threads, and the blocks "
            "meet in `out`. You have written the first two before: in puzzle 6, and in puzzle 16.",
            "A thread without an element still takes part: its sum is 0, it goes into shared memory, and the thread "
            "comes to every barrier of the tree.",
            "When the tree is done, one thread of the block knows the block's sum. It alone goes to `out`, and adds "
            "with `cuda.atomic.add`, which takes an array, an index and a value.",
        ),
        remark=remarks.sum_of_all,
    ),
    KernelSpec(
        number=20,
        name="max_all",
        part=PART,
        signature={"out": LINE, "a": LINE, "size": INT},
        outputs=("out",),
        arrives_filled=("out",),
        constants=WITH_TPB,
        reference=_largest,
        cases=cases(TPB_ANY, _max),
        profile=lambda: case_of(_EIGHT_EACH, _max((2048,))),
        budget=Budget(reads=8, total_reads=2048, block_atomics=1),
        hints=(
            "Take your kernel of puzzle 19. Where does it add? And what does it start from?",
            "Adding 0 changes no sum. Which number changes no maximum, however small the others are? "
            "A thread without an element has to start from it too.",
            "`math.inf` works in a kernel, and so do `max` and `cuda.atomic.max`. Read each element once: keep it in "
            "a local variable if you need it twice.",
        ),
        remark=remarks.largest_of_all,
    ),
    KernelSpec(
        number=21,
        name="argmax",
        part=PART,
        signature={"out": COLUMNS, "a": SHEET, "rows": INT, "cols": INT},
        outputs=("out",),
        constants=WITH_TPB,
        reference=_first_largest,
        cases=cases(TPB_FULL_ROWS, _argmax),
        profile=lambda: case_of(_ROWS, _argmax((4, 512))),
        budget=Budget(total_reads=2048, sectors=325),
        hints=(
            "What has to be known about two parts of a row to tell which of them holds the largest element, and in "
            "which column?",
            "Two shared arrays, one for values and one for columns. Whenever a value moves from one cell to another, "
            "its column moves with it, in the same branch.",
            "A tie goes to the smaller column, not to the smaller thread: with more columns than threads, thread 0 "
            "may hold column 8 and thread 1 column 1. So compare values first and, where they are equal, columns.",
        ),
        remark=remarks.largest_of_rows,
    ),
    KernelSpec(
        number=22,
        name="last_block",
        part=PART,
        signature={"out": LINE, "partial": LINE, "counter": COUNTER, "a": LINE, "size": INT},
        outputs=("out",),
        scratch=("partial", "counter"),
        arrives_filled=("counter",),
        constants=WITH_TPB,
        reference=lambda a, size: {"out": a.sum().reshape(1)},
        cases=cases(TPB_MORE_BLOCKS, _in_two_steps).map(_with_partial),
        profile=lambda: _with_partial(case_of(_EIGHT_EACH, _in_two_steps((2048,)))),
        budget=Budget(block_atomics=1, extra=_reads_of_a),
        hints=(
            "No block can wait for another, but each can say that it is done, and see how many were done before it. "
            "Up to the block's own sum it is puzzle 19.",
            "`cuda.atomic.add` returns what stood in the cell before. Of four blocks, which one gets a 3? It is "
            "whichever comes last, and by then all partial sums are there.",
            "One thread of each block does these in order: write the partial sum, a fence, "
            "the count. If the count says that it is the last, it adds the partial sums of all blocks.",
        ),
        remark=remarks.partial_sums,
    ),
)
"""The last puzzles of Part 3, in order."""
