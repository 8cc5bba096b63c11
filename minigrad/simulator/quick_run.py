"""The quick pass over a launch: runs it on quick memory and says whether all was well.

A kernel that reaches no barrier runs as plain calls, one thread after another. One that does runs on greenlets.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from types import CodeType, FrameType
from typing import Any

import numpy as np
from greenlet import getcurrent

from minigrad.simulator.arrays import KernelArray, Shape, as_dtype
from minigrad.simulator.device import Device, as_shape, bytes_of
from minigrad.simulator.errors import SimulatorError
from minigrad.simulator.order import WARP_SIZE
from minigrad.simulator.plan import Plan
from minigrad.simulator.pool import IDLE, pool
from minigrad.simulator.quick import (
    STAMPS_PER_INTERVAL,
    Now,
    QuickArray,
    QuickVector,
    Suspicion,
    quick_array,
    quick_local,
    quick_shared,
)
from minigrad.simulator.rewrite import TURNS_PER_REPORT
from minigrad.simulator.source import call_site, instruction_starts, place_of


class NeedsGreenlets(BaseException):
    """A kernel that runs as plain calls has come to a barrier."""


class QuickRun:
    """One attempt at a launch; ``run`` raises :class:`Suspicion` unless everything is plainly in order."""

    def __init__(self, plan: Plan, device: Device, kernel: Callable[..., Any], code: CodeType) -> None:
        self._plan = plan
        self._device = device
        self._kernel = kernel
        self._code = code
        self._now = Now()
        self._shared: dict[Any, Any] = {}
        self._turns = [0] * plan.threads_per_block  # of loops, by thread
        self._waiting: Callable[..., Any] | None = None
        self.arguments: list[Any] = plan.bind(
            lambda array, name, written: quick_array(array, name, self._now, written=written)
        )

    def vector(self, position: int) -> QuickVector:
        """The cells of the argument at ``position``."""
        argument = self.arguments[position]
        return argument._vector if isinstance(argument, QuickArray) else argument

    # Running

    def run_plainly(self) -> None:
        """As plain calls; raises :class:`NeedsGreenlets` at the first barrier."""
        plan, now, kernel, arguments = self._plan, self._now, self._kernel, self.arguments
        thread_index, block_index = self._device.thread_index, self._device.block_index
        base = STAMPS_PER_INTERVAL
        for _, (block_index.x, block_index.y, block_index.z) in plan.blocks():
            now.block = now.interval = base
            self._begin_block()
            for number, (x, y, z) in plan.threads():
                thread_index.x = x
                thread_index.y = y
                thread_index.z = z
                now.stamp = base + 1 + number
                kernel(*arguments)
            base += STAMPS_PER_INTERVAL

    def run_on_greenlets(self) -> None:
        """With barriers: every thread of a block runs up to its next barrier, then each goes on."""
        plan, now = self._plan, self._now
        block_index = self._device.block_index
        count = plan.threads_per_block
        self._waiting = getcurrent().switch
        self._install_barrier(self._waiting)
        workers = pool.take(count)
        start = (self._kernel, self.arguments)
        base = STAMPS_PER_INTERVAL
        for _, (block_index.x, block_index.y, block_index.z) in plan.blocks():
            now.block = now.interval = base
            self._begin_block()
            threads = [(number + 1, *index, workers[number].switch) for number, index in plan.threads()]
            sites = {switch(start) for switch in self._each(threads, base)}
            while True:
                if len(sites) != 1:  # they wait at different barriers, or some have ended and others wait
                    raise Suspicion
                base += STAMPS_PER_INTERVAL
                now.interval = base
                if IDLE in sites:
                    break
                sites = {switch() for switch in self._each(threads, base)}
        pool.give_back(workers)

    def _begin_block(self) -> None:
        self._plan.check_time()
        self._shared.clear()
        if any(self._turns):
            self._turns = [0] * len(self._turns)

    def _each(self, threads: list[tuple[Any, ...]], base: int) -> Iterator[Callable[..., Any]]:
        """Make each thread the running one, in turn, and give the switch to it."""
        thread_index, now = self._device.thread_index, self._now
        for number, x, y, z, switch in threads:
            thread_index.x = x
            thread_index.y = y
            thread_index.z = z
            now.stamp = base + number
            yield switch

    def _install_barrier(self, wait: Callable[..., Any]) -> None:
        """The way to a barrier that most kernels take, without detours."""
        code, starts = self._code, instruction_starts(self._code)

        def syncthreads() -> None:
            frame = sys._getframe(1)
            if frame.f_code is code:
                wait(starts[frame.f_lasti >> 1])
            else:
                wait(call_site(frame, code))

        self._device.cuda.syncthreads = syncthreads  # type: ignore[method-assign]

    # What the kernel calls

    def barrier(self, frame: FrameType, kind: str, predicate: Any) -> None:
        """Wait for the block."""
        if kind:
            raise Suspicion
        if self._waiting is None:
            raise NeedsGreenlets
        self._waiting(call_site(frame, self._code))

    def shared_array(self, frame: FrameType, shape: Any, dtype: Any) -> Any:
        """The block's array of this place in the code."""
        place = place_of(frame.f_code, frame.f_lasti)
        array = self._shared.get(place)
        if array is None:
            extents = as_shape(shape)
            if extents == (0,):
                raise Suspicion  # dynamic shared memory is the precise pass's
            kind = as_dtype(dtype)
            total = bytes_of(extents, kind) + sum(each.nbytes for each in self._shared.values())
            if total + self._plan.dynamic_shared > self._plan.shared_limit:
                raise Suspicion
            array = self._shared[place] = quick_shared(extents, kind, self._now)
        return array

    def local_array(self, shape: Shape, dtype: np.dtype[Any]) -> Any:
        """An array of the thread's own."""
        return quick_local(shape, dtype)

    def report_turns(self, turns: int, frame: FrameType, *, pause: bool = True) -> int:
        """Count the thread's loop turns."""
        number = (self._now.stamp - 1) % STAMPS_PER_INTERVAL
        self._turns[number] += turns
        if self._turns[number] >= self._plan.loop_turns:
            raise Suspicion
        self._plan.check_time()
        return TURNS_PER_REPORT

    def meet(self, frame: FrameType, operation: str, mask: int, operand: Any) -> Any:
        """Warp operations are the precise pass's."""
        raise Suspicion

    def atomic(self, array: Any, index: Any, change: Any, frame: FrameType) -> Any:
        """Atomics are the precise pass's."""
        raise Suspicion

    def fence(self, *, device: bool) -> None:
        """Fences are the precise pass's."""
        raise Suspicion

    def outside(self, array: KernelArray, index: Shape, frame: FrameType) -> None:
        """A constant array indexed outside its bounds."""
        raise Suspicion

    def division_by_zero(self, frame: FrameType) -> None:
        """Undefined on a GPU."""
        raise Suspicion

    @property
    def lane(self) -> int:
        """The running thread's lane."""
        return (self._now.stamp - 1) % STAMPS_PER_INTERVAL % WARP_SIZE


def is_all_well(run: QuickRun, *, on_greenlets: bool) -> tuple[bool, bool]:
    """Run it; answers (all was well, it needs greenlets)."""
    try:
        if not on_greenlets:
            try:
                run.run_plainly()
                return True, False
            except NeedsGreenlets:
                return False, True
        run.run_on_greenlets()
        return True, True
    except (SimulatorError, KeyboardInterrupt):
        raise
    except BaseException:  # a suspicion, or what the kernel itself raised: the precise run tells which and where
        return False, on_greenlets
