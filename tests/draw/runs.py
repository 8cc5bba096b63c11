"""Runs to draw: a kernel launched here and now, beside what it should have done."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from typing import Any

import numba
import numpy as np
from numba import cuda

from minigrad.draw.run import Run
from minigrad.simulator import KernelError, launch, launch_parallel


def run(
    kernel: Any,
    grid: Any = 1,
    block: Any = 1,
    *arguments: Any,
    outputs: Sequence[str] = ("out",),
    unwritten: Sequence[str] | None = None,
    expected: Mapping[str, Any] | None = None,
    order: str | int = "forward",
    loops: bool = False,
    loop_turns: int = 300,
) -> Run:
    """Launch ``kernel`` and gather what there is to draw."""
    names = list(inspect.signature(kernel).parameters)
    before = dict(
        zip(names, (each.copy() if isinstance(each, np.ndarray) else each for each in arguments), strict=True)
    )
    unwritten = outputs if unwritten is None else unwritten
    trace, error, error_line = None, "", None
    shared: dict[str, Any] = {"outputs": unwritten, "order": order, "loop_turns": loop_turns}
    try:
        if loops:
            trace = launch_parallel(kernel, *arguments, **shared)
        else:
            trace = launch(kernel, grid, block, *arguments, **shared)
    except KernelError as raised:
        error, error_line = str(raised), raised.line
    after = dict(zip(names, arguments, strict=True))
    expected = expected or {}
    wrong = {
        name: tuple(tuple(map(int, at)) for at in np.argwhere(after[name] != value)) for name, value in expected.items()
    }
    shapes: dict[str, tuple[int, ...]] = {}
    for event in trace.accesses if trace is not None else ():
        if event.space in ("shared", "local"):
            known = shapes.get(event.array, event.index)
            shapes[event.array] = tuple(max(one, other + 1) for one, other in zip(known, event.index, strict=False))
    lines, first = inspect.getsourcelines(kernel)
    return Run(
        title=kernel.__name__,
        launch="one after another" if loops else f"grid {grid}, block {block}",
        before=before,
        after=after,
        outputs=tuple(outputs),
        unwritten=tuple(unwritten),
        expected=expected,
        wrong={name: each for name, each in wrong.items() if each},
        shapes=shapes,
        source={first + number: line.rstrip("\n") for number, line in enumerate(lines)},
        trace=trace,
        error=error,
        error_line=error_line,
        loops=loops,
    )


def add_ten(out, a, size):
    i = cuda.grid(1)
    if i < size:
        out[i] = a[i] + 10


def add_ten_unguarded(out, a, size):
    i = cuda.grid(1)
    out[i] = a[i] + 10


def block_sum(out, a, size):
    sums = cuda.shared.array(64, numba.float32)
    t = cuda.threadIdx.x
    i = cuda.grid(1)
    sums[t] = a[i] if i < size else 0
    cuda.syncthreads()
    step = cuda.blockDim.x // 2
    while step > 0:
        if t < step:
            sums[t] += sums[t + step]
        cuda.syncthreads()
        step //= 2
    if t == 0:
        out[cuda.blockIdx.x] = sums[0]


def unwritten_tile(out, a):
    tile = cuda.shared.array(4, numba.float32)
    t = cuda.threadIdx.x
    if t < 2:
        tile[t] = a[t]
    cuda.syncthreads()
    out[t] = tile[3 - t]


def racing(out, a):
    out[0] = a[cuda.threadIdx.x]


def counted(out, a):
    cuda.atomic.add(out, 0, a[cuda.grid(1)])


def forever(out, a):
    while out[0] == 0:
        a[0]


def parting(out, a):
    if cuda.threadIdx.x < 2:
        cuda.syncthreads()
    else:
        cuda.syncthreads()
    out[cuda.threadIdx.x] = a[cuda.threadIdx.x]


def transposed(out, a):
    i, j = cuda.grid(2)
    if i < a.shape[1] and j < a.shape[0]:
        out[i, j] = a[j, i]


def nothing(out, a):
    pass


def raising(out, a):
    out[0] = a[0] + None


def collected(out, a):
    mine = cuda.local.array(2, numba.float32)
    t = cuda.threadIdx.x
    mine[0] = a[t]
    mine[1] = a[(t + 1) % a.shape[0]]
    out[t] = mine[0] + mine[1]


def looped(out, a):
    for i in numba.prange(len(a)):
        out[i] = a[i] * 2


def looped_race(out, a):
    for i in numba.prange(len(a)):
        out[0] += a[i]


def arange(size: int) -> Any:
    return np.arange(size, dtype=np.float32)


def blank(*shape: int) -> Any:
    return np.zeros(shape, np.float32)


def all_kinds() -> dict[str, Run]:
    """One run for each thing that may happen."""
    return {
        "right": run(add_ten, 3, 4, blank(9), arange(9), 9, expected={"out": arange(9) + 10}),
        "outside": run(add_ten_unguarded, 3, 4, blank(9), arange(9), 9, expected={"out": arange(9) + 10}),
        "tree": run(block_sum, 2, 8, blank(2), arange(13), 13, expected={"out": np.array([28, 50], np.float32)}),
        "shuffled": run(block_sum, 2, 8, blank(2), arange(13), 13, order=7),
        "unwritten": run(unwritten_tile, 1, 4, blank(4), arange(4)),
        "race": run(racing, 1, 3, blank(1), arange(3)),
        "atomic": run(counted, 2, 3, blank(1), arange(6), unwritten=()),
        "hang": run(forever, 1, 2, blank(1), arange(1), unwritten=()),
        "parting": run(parting, 1, 4, blank(4), arange(4)),
        "matrix": run(transposed, (2, 1), (2, 4), blank(3, 4), arange(12).reshape(4, 3)),
        "nothing": run(nothing, 1, 2, blank(2), arange(2), expected={"out": arange(2)}),
        "raising": run(raising, 1, 2, blank(2), arange(2)),
        "invalid": run(add_ten, 1, 2048, blank(9), arange(9), 9),
        "local": run(collected, 1, 3, blank(3), arange(3)),
        "empty": run(add_ten, 1, 1, blank(0), blank(0), 0),
        "loops": run(looped, 1, 1, blank(4), arange(4), loops=True),
        "racing loops": run(looped_race, 1, 1, np.zeros(1), np.arange(3.0), unwritten=(), loops=True),
        "many threads": run(add_ten, 2, 256, blank(300), arange(300), 300),
    }
