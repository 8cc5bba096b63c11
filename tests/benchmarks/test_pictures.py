"""How long pictures of a run take, and how large they are: 64 threads on 64 elements, and typical puzzles, solved.

    pytest -s tests/benchmarks/test_pictures.py

Times are the least of several. The workbook wants ``show()`` within 300 ms and ``step()`` within 500 ms for 64 threads,
a step's redraw far below 50 ms and its picture below 50 kB, and a page below 300 kB. A redraw is also set against
laying the same picture out anew.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numba
import numpy as np
import pytest
from numba import cuda

from minigrad.draw.launch import launch_picture
from minigrad.draw.pages import page
from minigrad.draw.run import Run
from minigrad.draw.scene import Scene
from minigrad.draw.stepper import step
from minigrad.simulator import launch
from minigrad.workbook.load import load
from minigrad.workbook.puzzle import KernelPuzzle
from minigrad.workbook.showing import case_to_show, run_of

SOLUTIONS = Path(__file__).parents[2] / "solutions"

TYPICAL = ("blocks", "broadcast", "pooling", "block_sum", "scan", "argmax", "cuda_tensor_map", "broadcast_backward")


def add_ten(out: Any, a: Any) -> None:
    i = cuda.grid(1)
    out[i] = a[i] + 10


def block_sum(out: Any, a: Any) -> None:
    sums = cuda.shared.array(64, numba.float32)
    t = cuda.threadIdx.x
    sums[t] = a[cuda.grid(1)]
    cuda.syncthreads()
    distance = 32
    while distance > 0:
        if t < distance:
            sums[t] += sums[t + distance]
        cuda.syncthreads()
        distance //= 2
    if t == 0:
        out[0] = sums[0]


def run_64(kernel: Any, outputs: int) -> Run:
    """Sixty-four threads on sixty-four elements."""
    a, out = np.arange(64, dtype=np.float32), np.zeros(outputs, np.float32)
    before = {"out": out.copy(), "a": a.copy()}
    trace = launch(kernel, 1, 64, out, a, outputs=["out"])
    first = kernel.__code__.co_firstlineno
    source = dict(enumerate(Path(__file__).read_text().splitlines()[first - 1 : first + 13], first))
    return Run(
        title=kernel.__name__,
        launch="1 block of 64 threads",
        before=before,
        after={"out": out, "a": a},
        outputs=("out",),
        unwritten=("out",),
        expected={"out": out},
        wrong={},
        shapes={"sums": (64,)} if kernel is block_sum else {},
        source=source,
        trace=trace,
    )


def least(do: Callable[[], object], times: int = 5) -> float:
    """Milliseconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        do()
        taken.append(time.perf_counter() - start)
    return min(taken) * 1000


@pytest.mark.parametrize(("kernel", "outputs"), [(add_ten, 64), (block_sum, 1)], ids=["map", "tree"])
def test_64_threads(kernel: Any, outputs: int) -> None:
    run = run_64(kernel, outputs)
    scene = Scene(run)
    numbers = range(len(scene.replay.steps))
    redraw = median(least(lambda number=number: scene.html(number), 3) for number in numbers[::5])  # type: ignore[misc]
    anew = least(lambda: Scene(run).html(20))
    largest = max(len(scene.html(number).encode()) for number in numbers)
    print(f"\n{kernel.__name__}, {len(numbers)} steps")
    print(
        f"  show()    {least(lambda: launch_picture(run).svg):6.1f} ms   {len(launch_picture(run).svg) / 1000:.0f} kB"
    )
    print(f"  step()    {least(lambda: step(run)):6.1f} ms")
    print(f"  a step    {redraw:6.2f} ms   {largest / 1000:.0f} kB at most; anew, {anew / redraw:.0f} times as long")
    print(f"  page()    {least(lambda: page(run), 2):6.1f} ms   {len(page(run).encode()) / 1000:.0f} kB")


@pytest.mark.parametrize("name", TYPICAL)
def test_a_typical_puzzle(name: str) -> None:
    (file,) = SOLUTIONS.glob(f"*/puzzle*_{name}.py")
    puzzle = load(file)
    assert isinstance(puzzle, KernelPuzzle)
    run = run_of(puzzle, case_to_show(puzzle))
    made, scene = page(run), Scene(run)
    largest = max(len(scene.html(number).encode()) for number in range(len(scene.replay.steps)))
    print(
        f"\n{name}: {run.launch}\n  {len(scene.replay.steps)} steps, each {largest / 1000:.0f} kB at most;"
        f" the page {len(made.encode()) / 1000:.0f} kB in {least(lambda: page(run), 2):.0f} ms"
    )
