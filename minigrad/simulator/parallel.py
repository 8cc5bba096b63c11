"""``launch_parallel``: run a kernel for the processor, numba's ``njit(parallel=True)``, on checked memory.

Two iterations of a parallel loop that touch one cell hardly ever show when they run. Here the kernel's Python body runs
instead, and every access is looked at.

* ``parallel_run`` — the loops and their iterations; ``parallel_findings`` — what is said of them.
* ``parallel_memory`` — cells and their races; ``parallel_arrays``, ``parallel_numpy`` — what a kernel sees of them.
* ``parallel_copying``, ``parallel_loops``, ``parallel_numbers`` — the kernel's copy, and what numba makes of its loops.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from dataclasses import fields
from functools import cached_property
from types import CodeType
from typing import Any

import numpy as np

from minigrad.simulator.access import time_of, where_of, who_of
from minigrad.simulator.arrays import index_of_cell
from minigrad.simulator.copying import python_function
from minigrad.simulator.device import Device
from minigrad.simulator.errors import SimulatorError
from minigrad.simulator.launch import LOOP_TURNS, TIME_LIMIT
from minigrad.simulator.parallel_copying import ParallelCopier
from minigrad.simulator.parallel_findings import ParallelLoop
from minigrad.simulator.parallel_run import ParallelRun
from minigrad.simulator.plan import Plan, make_plan
from minigrad.simulator.profile import Line, Profile
from minigrad.simulator.source import line_of, source_line
from minigrad.simulator.trace import Counters, Event, Trace
from minigrad.simulator.watching import unwatch


class _Here(threading.local):
    """What an operating-system thread keeps between runs."""

    def __init__(self) -> None:
        self.device = Device()


_here = _Here()


class ParallelTrace(Trace):
    """What a run of a parallel kernel leaves behind.

    Where a fault or an event has coordinates of a block and a thread, the block's first is the parallel loop, counted
    from 1 in the order in which they ran, and the thread's first is the value of the loop's index; all are 0 for what
    happened outside every parallel loop. The counters have the shape (1, 1 + iterations): first what was done outside
    every parallel loop, then each iteration of each, in the order of their indices.
    """

    parallel_loops: tuple[ParallelLoop, ...] = ()
    """The parallel loops that ran, with their lines."""

    def __init__(self, run: ParallelRun, **outcome: Any) -> None:
        super().__init__(grid=(1, 1, 1), block=(1 + run.loops.total, 1, 1), places=run.places, log=run.log, **outcome)
        self.parallel_loops = tuple(run.loops.all)
        self._loops = run.loops

    @property
    def parallel_iterations(self) -> int:
        """How many iterations the parallel loops had in all."""
        return sum(loop.iterations for loop in self.parallel_loops)

    def _event(self, entry: tuple[Any, ...]) -> Event:
        verb, memory, position, value, access = entry
        block, thread = self._loops.position(who_of(access))
        line = line_of(*self._places.code_and_position(where_of(access)))
        index = index_of_cell(position, memory.shape)
        return Event(verb, memory.name, memory.space, index, value, block, thread, line, time_of(access))

    @cached_property
    def counters(self) -> Counters:
        """What each iteration did, counted."""
        counts = {verb: np.zeros((1, self.block[0]), np.int64) for verb in ("read", "write")}
        for verb, memory, _, _, access in self._entries():
            if memory.space == "global":
                counts[verb][0, who_of(access)] += 1
        none: dict[str, Any] = {
            field.name: 0 if field.type == "int" else np.zeros((1, self.block[0]), np.int64)
            for field in fields(Counters)
        }
        return Counters(**{**none, "global_reads": counts["read"], "global_writes": counts["write"]})

    @cached_property
    def profile(self) -> Profile:
        """The reads and writes of storages, by line of source."""
        counts: dict[tuple[str, int], dict[str, int]] = {}
        for verb, memory, _, _, access in self._entries():
            if memory.space == "global":
                code, position = self._places.code_and_position(where_of(access))
                row = counts.setdefault((code.co_filename, line_of(code, position) or 0), {"reads": 0, "writes": 0})
                row[f"{verb}s"] += 1
        return Profile(
            tuple(Line(file, line, source_line(file, line), **row) for (file, line), row in sorted(counts.items()))
        )

    def __repr__(self) -> str:
        state = f"{self.fault_count} faults" if self.fault_count else "no faults"
        return f"<trace of {self.parallel_iterations} iterations of parallel loops: {state}>"


def launch_parallel(
    kernel: Any,
    *args: Any,
    outputs: Iterable[str | int] = (),
    order: str | int = "forward",
    record: bool = True,
    loop_turns: int = LOOP_TURNS,
    time_limit: float | None = TIME_LIMIT,
) -> ParallelTrace:
    """Run ``kernel(*args)``, a kernel for the processor, with every access to memory checked.

    ``kernel`` is what ``njit(parallel=True)`` makes, or a Python function over ``prange``; it is not changed. Its
    Python body runs, one iteration of a parallel loop after another, in this ``order``: ``"forward"``, ``"reverse"``
    or an integer seed. All that came before a loop happens before each of its iterations and its end after all of
    them, but nothing orders two iterations: where both touch a cell and at least one writes, that is a race. A
    parallel loop within a parallel loop is an ordinary one, as in numba.

    NumPy arrays of floats are storages: they are changed in place, and an index outside them, a negative one included,
    is a fault. Arrays of integers (shapes and strides) are only to be read, unless ``outputs`` names them. ``outputs``
    names (or gives the positions of) the arrays that hold nothing yet. ``record``, ``loop_turns`` (of one iteration)
    and ``time_limit`` are as in :func:`launch`, and so is what is raised.

    >>> import numpy as np
    >>> from numba import prange
    >>> def total(out, a):
    ...     for i in prange(len(a)):
    ...         out[0] += a[i]
    >>> trace = launch_parallel(total, np.zeros(1), np.arange(3.0))
    >>> print(trace.faults[0].message.split(":")[0])
    iteration 0 and iteration 1 of the parallel loop both use out[0], and nothing orders the two
    """
    function = python_function(kernel)
    plan = make_plan(function, 1, 1, args, outputs, 0, order, record, loop_turns, time_limit)
    device = _here.device
    if device.run is not None:
        raise SimulatorError("a kernel is already running; it cannot launch another")
    run = ParallelRun(plan)
    copier = ParallelCopier(device, run)
    try:
        device.run = run
        copied = copier.copy_kernel(kernel, function)
        with np.errstate(all="ignore"):
            run.run(copied, _code_of(copied), copier.sources)
    finally:
        device.end_run()
        if copier.watches:
            unwatch(device)
    return ParallelTrace(
        run,
        faults=tuple(run.findings.faults),
        notes=tuple(run.findings.notes),
        fault_count=run.findings.fault_count,
        fault_events=tuple(run.findings.fault_events),
        complete=run.complete,
        unwritten=_written_back(plan, run),
    )


def _code_of(copied: Any) -> CodeType:
    code: CodeType = getattr(copied, "__wrapped__", copied).__code__
    return code


def _written_back(plan: Plan, run: ParallelRun) -> dict[str, tuple[tuple[int, ...], ...]]:
    """Put what the kernel wrote into the arguments; the elements of each output that nobody wrote."""
    unwritten = {}
    for position, name, array in plan.arrays():
        memory = run.arguments[position].cells
        if name in plan.outputs:
            missing = [at for at, value in enumerate(memory.values) if value is None]
            unwritten[name] = tuple(index_of_cell(at, array.shape) for at in missing)
        if memory.changed:
            if not array.flags.writeable:
                raise SimulatorError(f"argument {name} is a read-only array, and the kernel writes to it")
            values = [
                before if value is None else value for before, value in zip(array.flat, memory.values, strict=True)
            ]
            array[...] = np.array(values, array.dtype).reshape(array.shape)
    return unwritten
