"""A launch before it runs: its shape, its arguments, its limits, and the order of its blocks and threads."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from inspect import signature
from types import FunctionType
from typing import Any, TypeVar

import numpy as np

from minigrad.simulator.arrays import check_dtype
from minigrad.simulator.errors import Dim3, OutOfTime, SimulatorError, Unsupported
from minigrad.simulator.faults import Fault

MAX_THREADS_PER_BLOCK = 1024
MAX_BLOCK: Dim3 = (1024, 1024, 64)
MAX_GRID: Dim3 = (2**31 - 1, 65535, 65535)
MAX_SHARED = 48 * 1024
"""Bytes of shared memory that a block has without opting in to more."""

Numbered = tuple[int, Dim3]
_T = TypeVar("_T")


@dataclass
class Plan:
    """Everything about a launch but the kernel's own code."""

    grid: Dim3
    block: Dim3
    arguments: tuple[Any, ...]
    names: tuple[str, ...]
    outputs: frozenset[str]
    dynamic_shared: int
    order: str | int
    record: bool
    loop_turns: int
    time_limit: float | None
    shared_limit: int = MAX_SHARED

    def __post_init__(self) -> None:
        self.threads_per_block = self.block[0] * self.block[1] * self.block[2]
        self.block_count = self.grid[0] * self.grid[1] * self.grid[2]
        self._deadline = None if self.time_limit is None else time.monotonic() + self.time_limit
        self._random = random.Random(self.order) if isinstance(self.order, int) else None

    def blocks(self) -> Iterable[Numbered]:
        """The blocks with their numbers, x fastest, in the order in which they run."""
        if isinstance(self.order, int):
            self._random = random.Random(self.order)  # every pass over the plan goes in the same order
        if self.block_count <= 4096:
            return self._in_order(_positions(self.grid))
        gx, gy, _ = self.grid  # too many to be kept
        return ((n, (n % gx, n // gx % gy, n // (gx * gy))) for n in self._in_order(range(self.block_count)))

    def threads(self) -> Iterable[Numbered]:
        """The threads of a block with their numbers, x fastest, in the order in which they run."""
        return self._in_order(_positions(self.block))

    def _in_order(self, all_of_them: Sequence[_T]) -> Iterable[_T]:
        if self.order == "forward":
            return all_of_them
        if self._random is None:
            return reversed(all_of_them)
        shuffled = list(all_of_them)
        self._random.shuffle(shuffled)
        return shuffled

    def bind(self, make: Callable[[Any, str, bool], Any]) -> list[Any]:
        """The arguments as the kernel gets them: ``make(array, name, is_written)`` for each array.

        One array given twice is one memory.
        """
        made: dict[int, Any] = {}
        bound: list[Any] = []
        for name, value in zip(self.names, self.arguments, strict=True):
            if isinstance(value, np.ndarray):
                if id(value) not in made:
                    made[id(value)] = make(value, name, name not in self.outputs)
                bound.append(made[id(value)])
            else:
                bound.append(value)
        return bound

    def arrays(self) -> list[tuple[int, str, Any]]:
        """Position, name and value of each array argument, each array once."""
        seen: set[int] = set()
        found = []
        for position, (name, value) in enumerate(zip(self.names, self.arguments, strict=True)):
            if isinstance(value, np.ndarray) and id(value) not in seen:
                seen.add(id(value))
                found.append((position, name, value))
        return found

    def check_time(self) -> None:
        """Raise :class:`OutOfTime` if the wall clock's limit has passed."""
        if self._deadline is not None and time.monotonic() > self._deadline:
            raise OutOfTime(f"the launch took longer than {self.time_limit:g} seconds")

    def invalid(self) -> Fault | None:
        """What makes this launch one that no GPU would take."""
        sentence = None
        for name, dims, most in (("block", self.block, MAX_BLOCK), ("grid", self.grid, MAX_GRID)):
            for axis, extent, limit in zip("xyz", dims, most, strict=True):
                if extent <= 0:
                    sentence = f"the {name} is {extent} in {axis}; every dimension has to be at least 1"
                elif extent > limit:
                    sentence = f"the {name} is {extent} in {axis}; a GPU takes at most {limit}"
        if sentence is None and self.threads_per_block > MAX_THREADS_PER_BLOCK:
            sentence = f"a block of {self.threads_per_block} threads; a GPU takes at most {MAX_THREADS_PER_BLOCK}"
        if sentence is None and self.dynamic_shared > self.shared_limit:
            sentence = f"{self.dynamic_shared} bytes of dynamic shared memory; a block has at most {self.shared_limit}"
        return None if sentence is None else Fault("invalid-launch", sentence)


def make_plan(
    function: FunctionType,
    grid: int | tuple[int, ...],
    block: int | tuple[int, ...],
    arguments: tuple[Any, ...],
    outputs: Iterable[str | int],
    dynamic_shared: int,
    order: str | int,
    record: bool,
    loop_turns: int,
    time_limit: float | None,
) -> Plan:
    """Check what was handed to ``launch`` and put it into a plan; raises :class:`SimulatorError` for what is wrong."""
    takes = signature(function)
    parameters = takes.parameters
    try:
        takes.bind(*arguments)
    except TypeError:
        call = f"{function.__name__}({', '.join(parameters)})"
        words = f"{call} takes {len(parameters)} arguments, the launch gives {len(arguments)}"
        raise SimulatorError(words) from None
    names = tuple(parameters)[: len(arguments)]
    if len(names) != len(arguments):
        raise Unsupported(f"the simulator does not offer *arguments, as {function.__name__} has them")
    for name, value in zip(names, arguments, strict=True):
        _check_argument(f"argument {name}", value)
    _check_overlaps(names, arguments)
    given = dict(zip(names, arguments, strict=True))
    outputs = (outputs,) if isinstance(outputs, str) else outputs
    unwritten = {_name_of_output(output, given, function.__name__) for output in outputs}
    # An array that is given twice and is an input as well holds what the input holds.
    inputs = {id(value) for name, value in given.items() if name not in unwritten}
    unwritten = {name for name in unwritten if id(given[name]) not in inputs}
    if order not in ("forward", "reverse") and not isinstance(order, int):
        raise SimulatorError(f"order is 'forward', 'reverse' or an integer seed, not {order!r}")
    return Plan(
        grid=_dim3("grid", grid),
        block=_dim3("block", block),
        arguments=arguments,
        names=names,
        outputs=frozenset(unwritten),
        dynamic_shared=dynamic_shared,
        order=order,
        record=record,
        loop_turns=loop_turns,
        time_limit=time_limit,
    )


def _check_argument(what: str, value: Any) -> None:
    """Refuse what a kernel does not take: to hand it on would leave its memory unchecked."""
    if isinstance(value, np.ndarray):
        check_dtype(value.dtype)
    elif isinstance(value, tuple):
        for item in value:
            if isinstance(item, np.ndarray):
                raise Unsupported(f"the simulator does not offer tuples of arrays, such as {what}")
            _check_argument(f"an item of {what}", item)
    elif value is not None and not isinstance(value, int | float | complex | np.number | np.bool_):
        raise SimulatorError(f"{what} is a {type(value).__name__}; a kernel takes NumPy arrays and scalars")


def _name_of_output(output: Any, given: Mapping[str, Any], kernel: str) -> str:
    names = list(given)
    if isinstance(output, int | np.integer) and 0 <= output < len(names):
        output = names[output]
    if output not in names:
        raise SimulatorError(f"outputs has {output!r}, and {kernel} has no such parameter; it has {', '.join(names)}")
    if not isinstance(given[output], np.ndarray):
        raise SimulatorError(f"outputs has {output!r}, which is not an array")
    return str(output)


def _dim3(what: str, dims: int | tuple[int, ...]) -> Dim3:
    extents = dims if isinstance(dims, tuple) else (dims,)
    if not 1 <= len(extents) <= 3 or not all(isinstance(extent, int | np.integer) for extent in extents):
        raise SimulatorError(f"{what} is an integer or a tuple of one to three integers, not {dims!r}")
    x, y, z = (*(int(extent) for extent in extents), 1, 1)[:3]
    return x, y, z


def _check_overlaps(names: tuple[str, ...], arguments: tuple[Any, ...]) -> None:
    arrays = [(n, v) for n, v in zip(names, arguments, strict=True) if isinstance(v, np.ndarray) and v.size]
    for at, (one, mine) in enumerate(arrays):
        for two, theirs in arrays[at + 1 :]:
            if mine is not theirs and np.may_share_memory(mine, theirs) and np.shares_memory(mine, theirs):
                raise SimulatorError(f"arguments {one} and {two} overlap in memory; give a copy of one of them")


@lru_cache(64)
def _positions(dims: Dim3) -> tuple[Numbered, ...]:
    gx, gy, gz = dims
    return tuple(enumerate((x, y, z) for z in range(gz) for y in range(gy) for x in range(gx)))
