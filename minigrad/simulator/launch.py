"""``launch``: run a kernel on the checked GPU.

A launch that is not recorded is first tried on quick memory. Only if something there is not plainly in order, or if it
is to be recorded, does it run on precise memory, which finds out what it was.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from types import CodeType
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from minigrad.simulator.arrays import index_of_cell, to_numpy
from minigrad.simulator.copying import Copier, python_function
from minigrad.simulator.device import Device
from minigrad.simulator.errors import SimulatorError
from minigrad.simulator.paths import Paths
from minigrad.simulator.plan import Plan, make_plan
from minigrad.simulator.precise_run import PreciseRun
from minigrad.simulator.quick_run import QuickRun, is_all_well
from minigrad.simulator.trace import Trace
from minigrad.simulator.watching import unwatch

LOOP_TURNS = 1_000_000
"""So many turns of its loops a thread may do before it counts as hanging."""

TIME_LIMIT = 60.0
"""Seconds after which a launch is given up, whatever it is doing."""


class _Here(threading.local):
    """What an operating-system thread keeps between launches: its device, and what it has learnt of kernels."""

    def __init__(self) -> None:
        self.device = Device()
        self.needs_greenlets: WeakKeyDictionary[CodeType, bool] = WeakKeyDictionary()
        self.quick_is_vain: WeakKeyDictionary[CodeType, bool] = WeakKeyDictionary()


_here = _Here()


def launch(
    kernel: Any,
    grid: int | tuple[int, ...],
    block: int | tuple[int, ...],
    *args: Any,
    outputs: Iterable[str | int] = (),
    dynamic_shared: int = 0,
    order: str | int = "forward",
    record: bool = True,
    loop_turns: int = LOOP_TURNS,
    time_limit: float | None = TIME_LIMIT,
) -> Trace:
    """Run ``kernel[grid, block](*args)`` on a simulated GPU that checks every access.

    ``kernel`` is what ``@cuda.jit`` makes, or a bare Python function over ``cuda``; it is not changed. ``grid`` and
    ``block`` are an int or up to three, x first. Arrays are NumPy arrays and are changed in place, as on a GPU.

    ``outputs`` names (or gives the positions of) the array parameters that hold nothing yet: to read them before
    writing them is a fault. ``dynamic_shared`` is in bytes. ``order`` is the order in which blocks and threads run:
    ``"forward"``, ``"reverse"`` or an integer seed. With ``record`` every access is kept for pictures and counters; up
    to a million of them. A thread that does ``loop_turns`` turns of its loops hangs; ``time_limit`` is in seconds and
    only a backstop.

    Faults are collected in the returned :class:`Trace`, not raised. Raises :class:`KernelError` when the kernel's own
    code raises, :class:`Unsupported` for what the simulator does not offer, :class:`TraceTooLarge`,
    :class:`OutOfTime`, and :class:`SimulatorError` for arguments that make no sense.

    >>> import numpy as np
    >>> from numba import cuda
    >>> def add_ten(out, a):
    ...     i = cuda.grid(1)
    ...     out[i] = a[i] + 10
    >>> a, out = np.arange(3.0), np.zeros(3)
    >>> trace = launch(add_ten, 1, 4, out, a, outputs=["out"])
    >>> [fault.message for fault in trace.faults]
    ['thread 3 of block 0 read a[3]; a has 3 elements', 'thread 3 of block 0 wrote out[3]; out has 3 elements']
    >>> out.tolist()
    [10.0, 11.0, 12.0]
    """
    function = python_function(kernel)
    plan = make_plan(function, grid, block, args, outputs, dynamic_shared, order, record, loop_turns, time_limit)
    if (invalid := plan.invalid()) is not None:
        return _untouched(plan, invalid)
    device = _here.device
    if device.run is not None:
        raise SimulatorError("a launch is already running; a kernel cannot launch another")
    paths = Paths() if record else None
    copier = Copier(device, paths)
    code = function.__code__
    device.grid_shape.x, device.grid_shape.y, device.grid_shape.z = plan.grid
    device.block_shape.x, device.block_shape.y, device.block_shape.z = plan.block
    try:
        copied = copier.copy(function)
        with np.errstate(all="ignore"):
            if not record and not copier.watches and code not in _here.quick_is_vain:
                trace = _try_quickly(plan, device, copied, code, copier)
                if trace is not None:
                    return trace
                device.end_run()
            run = PreciseRun(plan, device, copied, _entry(copied, copier), copier.sources, paths)
            device.run = run
            run.run()
    finally:
        device.end_run()
        if copier.watches:
            unwatch(device)
    if not record and not run.findings.fault_count:
        # The quick pass suspected a kernel that does nothing wrong; it would the next time too.
        _here.quick_is_vain[code] = True
    return _precise_trace(plan, run)


def _entry(copied: Any, copier: Copier) -> CodeType:
    """The code of the kernel itself, at which the walk from a barrier up to the kernel ends."""
    code: CodeType = getattr(copied, "__wrapped__", copied).__code__
    return code


def _try_quickly(plan: Plan, device: Device, copied: Any, code: CodeType, copier: Copier) -> Trace | None:
    for _ in range(2):
        on_greenlets = code in _here.needs_greenlets
        run = QuickRun(plan, device, copied, _entry(copied, copier))
        device.run = run
        all_well, needs_greenlets = is_all_well(run, on_greenlets=on_greenlets)
        if all_well:
            return _quick_trace(plan, run)
        if not needs_greenlets or on_greenlets:
            return None
        _here.needs_greenlets[code] = True
    return None


def _untouched(plan: Plan, invalid: Any) -> Trace:
    return Trace(
        grid=plan.grid,
        block=plan.block,
        faults=(invalid,),
        notes=(),
        fault_count=1,
        fault_events=(0,),
        complete=False,
        unwritten={},
        log=[] if plan.record else None,
    )


def _quick_trace(plan: Plan, run: QuickRun) -> Trace:
    unwritten = {}
    for position, name, array in plan.arrays():
        vector = run.vector(position)
        if any(vector.writers):
            _put_back(name, array, vector.values)
        if name in plan.outputs:
            missing = [at for at, writer in enumerate(vector.writers) if not writer] if 0 in vector.writers else []
            unwritten[name] = tuple(index_of_cell(at, array.shape) for at in missing)
    return Trace(
        grid=plan.grid,
        block=plan.block,
        faults=(),
        notes=(),
        fault_count=0,
        complete=True,
        unwritten=unwritten,
        log=None,
    )


def _put_back(name: str, array: npt.NDArray[Any], values: list[Any]) -> None:
    if not array.flags.writeable:
        raise SimulatorError(f"argument {name} is a read-only array, and the kernel writes to it")
    array[...] = to_numpy(values, array)


def _precise_trace(plan: Plan, run: PreciseRun) -> Trace:
    unwritten = {}
    for position, name, array in plan.arrays():
        cells = run.arguments[position].cells
        values = cells.values
        if name in plan.outputs:
            missing = [at for at, value in enumerate(values) if value is None]
            unwritten[name] = tuple(index_of_cell(at, array.shape) for at in missing)
        if cells.changed:
            for at, before in enumerate(array.flat):
                if values[at] is None:
                    values[at] = before
            _put_back(name, array, values)
    return Trace(
        grid=plan.grid,
        block=plan.block,
        faults=tuple(run.findings.faults),
        notes=tuple(run.findings.notes),
        fault_count=run.findings.fault_count,
        fault_events=tuple(run.findings.fault_events),
        complete=run.complete,
        unwritten=unwritten,
        log=run.log,
        places=run.places,
        ways=run.ways,
        divergent=run.paths.divergent if run.paths is not None else {},
    )
