"""Part 3, reduce: puzzles 13 to 18, where the threads of a block begin to talk.

A file of these has the constant ``TPB``, threads per block, and is run with it as 8 and as 64. The table ``SPECS`` at
the end is read from top to bottom; the functions above it make a kernel's arguments, references and further rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minigrad.workbook.checks import remarks
from minigrad.workbook.checks.launches import (
    TPB_COVERS,
    TPB_ONE_BLOCK,
    TPB_ROWS,
    TPB_SOME_BLOCKS,
    WITH_TPB,
    Launch,
    case_of,
    cases,
)
from minigrad.workbook.checks.part1_map import INT, LINE, SHEET
from minigrad.workbook.checks.values import Fill, counting, squares, unwritten
from minigrad.workbook.spec import Array, Budget, Case, Dims, KernelSpec

PART = "part3_reduce"

_TPB = {"TPB": 64}

_FOUR_BLOCKS = Launch((256,), grid=(4,), block=(64,), constants=_TPB)

_STEPS = 6
"""Steps of a tree over the 64 threads of the profile launch: log2(64)."""


def _line(shape: Dims, seed: int = 0, fill: Fill = counting) -> Mapping[str, Array | int]:
    return {"out": unwritten(shape), "a": fill(shape, seed, 0), "size": shape[0]}


def _squares(shape: Dims, seed: int = 0) -> Mapping[str, Array | int]:
    return _line(shape, seed, squares)


def _two(shape: Dims, seed_a: int = 0, seed_b: int = 0) -> Mapping[str, Array | int]:
    a, b = counting(shape, seed_a, 0), counting(shape, seed_b, 1)
    return {"out": unwritten((1,)), "a": a, "b": b, "size": shape[0]}


def _line_and_blocks(shape: Dims, seed: int = 0) -> Mapping[str, Array | int]:
    """Elements and blocks: the output has one element for each block."""
    size, blocks = shape
    return {"out": unwritten((blocks,)), "a": counting((size,), seed, 0), "size": size}


def _rows(shape: Dims, seed: int = 0) -> Mapping[str, Array | int]:
    rows, cols = shape
    return {"out": unwritten((rows,)), "a": counting(shape, seed, 0), "rows": rows, "cols": cols}


def _with_mirror(a: Any, size: int, TPB: int) -> Mapping[str, Any]:
    from minigrad import cat

    full = size // TPB
    mirrored = a[: full * TPB].reshape(full, TPB).flip(1).flatten()
    return {"out": a + cat([mirrored, a[full * TPB :].flip(0)])}


def _last_three(a: Any, size: int) -> Mapping[str, Any]:
    from minigrad import pad

    padded = pad(a, (2, 0))
    return {"out": padded[:-2] + padded[1:-1] + padded[2:]}


def _in_stretches(a: Any, threads: int, blocks: int) -> Any:
    """A row for each block: its stretch of ``a``, then zeros."""
    from minigrad import pad

    (size,) = a.shape
    return pad(a, (0, blocks * threads - size)).reshape(blocks, threads)


def _running_sums(a: Any, size: int, TPB: int, blocks: int) -> Mapping[str, Any]:
    return {"out": _in_stretches(a, TPB, blocks).cumsum(1).flatten()[:size]}


def _atomics_on_shared(trace: Any, case: Case) -> str | None:
    """What breaks the third star of block_sum although global memory sees no atomic operation."""
    most = int(trace.counters.shared_atomics.max())
    if most:
        return f"a thread needs {remarks.figure(most, 'atomic operation')} on shared memory; a tree needs none"
    return None


SPECS = (
    KernelSpec(
        number=13,
        name="shared",
        part=PART,
        signature={"out": LINE, "a": LINE, "size": INT},
        outputs=("out",),
        reference=_with_mirror,
        cases=cases(TPB_COVERS, _squares),
        profile=lambda: case_of(_FOUR_BLOCKS, _squares((256,))),
        budget=Budget(reads=1, writes=1, shared_writes=1, barriers=1),
        hints=(
            "There are three steps: every thread puts its element into shared memory, all wait, every thread takes "
            "two out. Which of the three may a thread without an element skip?",
            "Every thread reaches the barrier; only the load and the store are guarded. So the barrier stands between "
            "two `if`s, not inside one.",
            "The mirror of place `t` in a stretch of `n` elements is place `n - 1 - t`. The last stretch has fewer "
            "than `TPB`: count how many elements there are from where the block begins.",
        ),
        remark=remarks.last_stretch,
        constants=WITH_TPB,
    ),
    KernelSpec(
        number=14,
        name="pooling",
        part=PART,
        signature={"out": LINE, "a": LINE, "size": INT},
        outputs=("out",),
        reference=_last_three,
        cases=cases(TPB_COVERS, _line),
        profile=lambda: case_of(_FOUR_BLOCKS, _line((256,))),
        budget=Budget(writes=1, barriers=1, block_reads=67),
        hints=(
            "Draw the cells of `a` that block 1 needs. How many are there, and which of them belong to no thread of "
            "this block?",
            "Let the element of thread `t` stand at `t + 2` of the shared array. Places 0 and 1 are then free for the "
            "two that come before, and some threads have to load twice.",
            "Threads 0 and 1 also load the element two before their own, into place `t`. In block 0 there is no such "
            "element: put a 0 there. It is needed even where the thread's own element is past the end.",
        ),
        remark=remarks.halo,
        constants=WITH_TPB,
    ),
    KernelSpec(
        number=15,
        name="dot",
        part=PART,
        signature={"out": LINE, "a": LINE, "b": LINE, "size": INT},
        outputs=("out",),
        reference=lambda a, b, size: {"out": (a * b).sum().reshape(1)},
        cases=cases(TPB_ONE_BLOCK, _two, arrays=2),
        profile=lambda: case_of(Launch((64,), grid=(1,), block=(64,), constants=_TPB), _two((64,))),
        budget=Budget(reads=2, atomics=0, total_writes=1),
        hints=(
            "A zip, and then a sum. The zip has a thread for each element. Where do the products go, if only one "
            "result may be written?",
            "Put the products into shared memory and wait. Then one thread, with a local variable, is enough to add "
            "them up. How many are there to add?",
            "Thread 0 loops over the products and writes the total. Either the loop ends at `size`, or the threads "
            "without an element put a 0 into their place.",
        ),
        remark=remarks.one_answer,
        constants=WITH_TPB,
    ),
    KernelSpec(
        number=16,
        name="block_sum",
        part=PART,
        signature={"out": LINE, "a": LINE, "size": INT},
        outputs=("out",),
        reference=lambda a, size, TPB, blocks: {"out": _in_stretches(a, TPB, blocks).sum(1)},
        cases=cases(TPB_SOME_BLOCKS, _line_and_blocks),
        profile=lambda: case_of(_FOUR_BLOCKS, _line_and_blocks((256, 4))),
        budget=Budget(reads=1, barriers=_STEPS + 1, shared_reads=2 * _STEPS + 2, atomics=0, extra=_atomics_on_shared),
        hints=(
            "Eight numbers become four if four threads add two each, all at once. How many times does that have to "
            "happen until one is left?",
            "In each step the first half of what is left adds the second half to itself. After each step the whole "
            "block has to wait, also the threads that had nothing to add.",
            "Start with half of `TPB` and halve until it is 0. Thread `t` takes part if it is below that number, and "
            "adds what stands so many places further on. The barrier is in the loop, but in no `if`.",
        ),
        remark=remarks.stretches,
        constants=WITH_TPB,
    ),
    KernelSpec(
        number=17,
        name="axis_sum",
        part=PART,
        signature={"out": LINE, "a": SHEET, "rows": INT, "cols": INT},
        outputs=("out",),
        reference=lambda a, rows, cols: {"out": a.sum(1)},
        cases=cases(TPB_ROWS, _rows),
        profile=lambda: case_of(Launch((4, 256), grid=(4,), block=(64,), constants=_TPB), _rows((4, 256))),
        budget=Budget(reads=4, barriers=_STEPS + 1, sectors=165),
        hints=(
            "The row is given by the block. A row may be longer than the block: what did puzzle 6 do when there were "
            "fewer threads than elements?",
            "First each thread adds up its share of the row in a local variable, with no need to wait for anybody. "
            "Only those `TPB` partial sums go into the tree of puzzle 16.",
            "A thread's share begins at column `t` and goes on in steps of `TPB`, as long as it is below `cols`. So "
            "neighbouring threads always read neighbouring columns.",
        ),
        remark=remarks.long_rows,
        constants=WITH_TPB,
    ),
    KernelSpec(
        number=18,
        name="scan",
        part=PART,
        signature={"out": LINE, "a": LINE, "size": INT},
        outputs=("out",),
        reference=_running_sums,
        cases=cases(TPB_COVERS, _line),
        profile=lambda: case_of(_FOUR_BLOCKS, _line((256,))),
        budget=Budget(reads=1, writes=1, barriers=2 * _STEPS + 2, shared_reads=5 * _STEPS + 2),
        hints=(
            "If every place adds its left neighbour, each holds a sum of two. If every place then adds the one two to "
            "the left, each holds a sum of four. What comes next, and when is it enough?",
            "In one step a thread changes a place that another still has to read. Read, barrier, write, barrier: what "
            "was read waits in a local variable meanwhile.",
            "The distance starts at 1 and doubles while it is below `TPB`. A thread with nobody so far to its left "
            "adds nothing, but it meets both barriers all the same.",
        ),
        remark=remarks.starts_anew,
        constants=WITH_TPB,
    ),
)
"""The puzzles 13 to 18, in order."""
