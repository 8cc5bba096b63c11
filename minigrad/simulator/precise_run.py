"""The precise pass over a launch: every thread on a greenlet, every fault decided, every access remembered.

A block's threads run one after another, each until it has to wait. When all wait, whatever can go on is let go: warp
operations whose lanes have all arrived, then threads that only paused in a long loop, then warp operations that can
never be complete (a fault), then the block's barrier.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import CodeType, FrameType
from typing import Any

import numpy as np
from greenlet import getcurrent

from minigrad.simulator import warp
from minigrad.simulator.access import OTHER, PLACE_SHIFT, READ, TIME_SHIFT, WHO_SHIFT, Access, pack, where_of
from minigrad.simulator.arrays import KernelArray, Shape, as_dtype, index_of_cell, row_major
from minigrad.simulator.device import Device, as_shape, bytes_of
from minigrad.simulator.errors import KernelError, SimulatorError, TraceTooLarge, Unsupported
from minigrad.simulator.faults import name_of_index
from minigrad.simulator.findings import Findings
from minigrad.simulator.order import WARP_SIZE, Block, Thread, Warp, fence, pass_barrier, pass_warp_barrier
from minigrad.simulator.paths import Paths, Ways
from minigrad.simulator.plan import Plan
from minigrad.simulator.pool import IDLE, pool
from minigrad.simulator.precise import Cells, PreciseArray, Room, precise_array
from minigrad.simulator.rewrite import TURNS_PER_REPORT, endless_loop
from minigrad.simulator.source import Places, call_site, line_of, place_of, position_of_line

MAX_RECORDED = 1_000_000
"""A recorded launch may do so many accesses."""


ROOM = 100_000
"""So many accesses are kept apart where several threads use one cell: some 13 megabytes."""

_TURNS_WHILE_WAITING = 16
"""So many turns a thread in a long loop does at a time while others get somewhere."""


class Abandon(BaseException):
    """The launch cannot go on: a thread hangs, or the launch asks for more than a GPU has."""


@dataclass(slots=True)
class Wait:
    """Why a thread has handed over: at a barrier, in a warp operation, or only for a pause."""

    reason: str
    access: Access
    site: Any = None
    operation: str = ""
    mask: int = 0
    operand: Any = None


class PreciseRun:
    """One launch on precise memory. After ``run``: ``findings``, ``log``, ``ways`` and the values of the arguments.

    ``sources`` has the code of the kernel and of all that it calls, and says whether its source is at hand. ``paths``
    is told which thread runs; it is there when the launch is recorded.
    """

    def __init__(
        self,
        plan: Plan,
        device: Device,
        kernel: Callable[..., Any],
        code: CodeType,
        sources: Mapping[CodeType, bool],
        paths: Paths | None = None,
    ) -> None:
        self._plan = plan
        self._device = device
        self._kernel = kernel
        self._code = code
        self._sources = sources
        self._hub: Any = None
        self._shared: dict[Any, PreciseArray] = {}
        self.time = 0
        self.thread: Thread = None  # type: ignore[assignment]  # set before any code of the kernel runs
        self.log: list[tuple[Any, ...]] | None = [] if plan.record else None
        self.ways = Ways()  # of the threads, at each entry of the log
        self.paths = paths
        self.places = Places()
        self.findings = Findings(plan.grid, plan.block, self.places, sources, self.log)
        self.fault = self.findings.fault
        self.complete = True
        room, self._shared_room = Room(ROOM), Room(ROOM)
        self._progress = False  # whether any thread has got anywhere since the others paused
        self._log_is_full = False
        self.arguments: list[Any] = plan.bind(
            lambda array, name, written: precise_array(self, array, name, room, written=written)
        )

    # Running

    def run(self) -> None:
        """Run every block to its end; raises :class:`KernelError` where the kernel's own code raises."""
        self._hub = getcurrent()
        workers = pool.take(self._plan.threads_per_block)
        try:
            for number, index in self._plan.blocks():
                self._run_block(Block(index, number), workers)
        except Abandon:
            self.complete = False
            return
        pool.give_back(workers)

    def _run_block(self, block: Block, workers: list[Any]) -> None:
        device = self._device
        device.block_index.x, device.block_index.y, device.block_index.z = block.index
        self._shared.clear()
        self._shared_room.left = self._shared_room.size
        in_order = list(self._plan.threads())
        count = self._plan.threads_per_block
        block.warps = [Warp(block, number) for number in range((count + WARP_SIZE - 1) // WARP_SIZE)]
        threads = [
            Thread(block, block.warps[number // WARP_SIZE], index, number, rank)
            for rank, (number, index) in enumerate(in_order)
        ]
        block.threads = threads
        for thread in sorted(threads, key=lambda thread: thread.number):
            thread.warp.threads.append(thread)
        waiting: dict[Thread, Wait] = {}
        start = (self._kernel, self.arguments)
        runnable: list[tuple[Thread, Any]] = [(thread, start) for thread in threads]
        if self.paths is not None:
            self.paths.forget()
        while runnable:
            for thread, message in runnable:
                self._resume(thread, message, workers, waiting)
            runnable = self._release(block, waiting)
        for warp_of_block in block.warps:
            warp_of_block.threads.clear()  # they know one another; without this, only a garbage collection ends them
        threads.clear()

    def _resume(self, thread: Thread, message: Any, workers: list[Any], waiting: dict[Thread, Wait]) -> None:
        self.thread = thread
        if self.paths is not None:
            self.paths.resume(thread)
        index = self._device.thread_index
        index.x, index.y, index.z = thread.index
        tracer = sys.gettrace()
        try:
            wait = workers[thread.number].switch(message)
        except (SimulatorError, Abandon, KeyboardInterrupt):
            raise
        except BaseException as error:
            self._ended_badly(error)
            workers[thread.number] = pool.take(1)[0]
            wait = IDLE
        if sys.gettrace() is not tracer:
            sys.settrace(tracer)
        if wait is IDLE:
            thread.ended = True
            thread.block.ended += 1
        else:
            waiting[thread] = wait
            if wait.reason == "pause":
                return
        self._progress = True
        if self._log_is_full:
            self._too_large()

    def _wait(self, wait: Wait) -> Any:
        """Hand over to the hub until it is this thread's turn again."""
        tracer = sys.gettrace()
        answer = self._hub.switch(wait)
        if sys.gettrace() is not tracer:
            sys.settrace(tracer)  # it belongs to the operating-system thread; see ``watching`` for who sets it
        return answer

    def _ended_badly(self, error: BaseException) -> None:
        """The kernel's own code raised: an error, unless it is an integer division that no rewriting caught."""
        frame_code, position = self._code, 0
        trace = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code in self._sources:
                frame_code, position = trace.tb_frame.f_code, trace.tb_lasti
            trace = trace.tb_next
        access = pack(self.time, self.thread.who, self.places.number_in(frame_code, position), OTHER)
        if isinstance(error, ZeroDivisionError) and "float" not in str(error):
            self.fault("integer-division-by-zero", "divided an integer by zero", access, action="divided")
            return
        thread = self.thread
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        raise KernelError(
            f"{self.findings.name(access)} raised {what}",
            file=frame_code.co_filename,
            line=line_of(frame_code, position),
            block=thread.block.index,
            thread=thread.index,
        ) from error

    # Letting threads go on

    def _release(self, block: Block, waiting: dict[Thread, Wait]) -> list[tuple[Thread, Any]]:
        """Who can go on now, and with which answer; empty when the block has ended."""
        self._plan.check_time()
        meeting = [(thread, wait) for thread, wait in waiting.items() if wait.reason == "warp"]
        groups: dict[tuple[Warp, str, int], list[Thread]] = {}
        for thread, wait in meeting:
            groups.setdefault((thread.warp, wait.operation, wait.mask), []).append(thread)
        released: list[tuple[Thread, Any]] = []
        for (own_warp, operation, mask), lanes in groups.items():
            if operation == "activemask" or not self._missing(own_warp, mask, lanes):
                released += self._meet(operation, lanes, waiting)
        if not released:
            released = self._end_pauses(waiting)
        if not released and groups:
            for (own_warp, operation, mask), lanes in groups.items():
                self._report_missing(own_warp, operation, mask, lanes, waiting)
                released += self._meet(operation, lanes, waiting)
        if not released and waiting:
            released = self._pass_barrier(block, waiting)
        for thread, _ in released:
            del waiting[thread]
        return sorted(released, key=lambda each: each[0].rank)

    def _end_pauses(self, waiting: dict[Thread, Wait]) -> list[tuple[Thread, Any]]:
        """Threads in long loops go on, a little at a time, as long as any thread gets anywhere.

        A loop may be long because it waits for another thread, which has to be given its chance. Where nobody gets
        anywhere, one thread for each loop goes on, nearly to its limit; and when all of those are there, one beyond.
        """
        paused = [thread for thread, wait in waiting.items() if wait.reason == "pause"]
        limit = self._plan.loop_turns
        if self._progress:
            for thread in paused:
                thread.slice = 0
        elif paused:
            by_loop: dict[int, Thread] = {}
            for thread in sorted(paused, key=lambda thread: (thread.turns, -thread.rank)):
                by_loop[where_of(waiting[thread].access)] = thread
            at_large = [thread for thread in by_loop.values() if thread.turns < limit - limit // 16]
            paused = at_large or [max(by_loop.values(), key=lambda thread: thread.turns)]
            for thread in paused:
                thread.slice = limit // 16
        self._progress = False
        return [(thread, None) for thread in paused]

    @staticmethod
    def _missing(own_warp: Warp, mask: int, lanes: list[Thread]) -> list[Thread]:
        """The threads that the mask names, that have not ended, and that have not come."""
        return [
            thread
            for thread in own_warp.threads
            if mask >> thread.lane & 1 and not thread.ended and thread not in lanes
        ]

    def _meet(self, operation: str, lanes: list[Thread], waiting: dict[Thread, Wait]) -> list[tuple[Thread, Any]]:
        by_lane = {thread.lane: thread for thread in sorted(lanes, key=lambda thread: thread.number)}
        operands = {lane: waiting[thread].operand for lane, thread in by_lane.items()}

        def complain(lane: int, source: int) -> None:
            access = waiting[by_lane[lane]].access
            if source < len(lanes[0].warp.threads):
                sentence = f"reads from lane {source} in {operation}, and that lane takes no part"
                self.fault("bad-warp-operation", sentence, access, action="read")
            else:  # the last step of many a right reduction; a result that it goes into is wrong
                sentence = f"reads from lane {source} in {operation}, and the block has no thread there"
                self.findings.note("missing-lane", sentence, access, action="read")

        answers = warp.results(operation, operands, complain)
        if operation == "syncwarp":
            mask = waiting[lanes[0]].mask
            ended = [thread for thread in lanes[0].warp.threads if thread.ended and mask >> thread.lane & 1]
            pass_warp_barrier(lanes + ended, self.time)
            self.time += 1
        return [(thread, answers[lane]) for lane, thread in by_lane.items()]

    def _report_missing(
        self, own_warp: Warp, operation: str, mask: int, lanes: list[Thread], waiting: dict[Thread, Wait]
    ) -> None:
        missing = self._missing(own_warp, mask, lanes)[0]
        sentence = f"calls {operation} with a mask that names lane {missing.lane}, which never arrives"
        other = waiting[missing].access
        self.fault("bad-warp-operation", sentence, waiting[lanes[0]].access, action="waits", other=other)

    def _pass_barrier(self, block: Block, waiting: dict[Thread, Wait]) -> list[tuple[Thread, Any]]:
        first = next(iter(waiting.values()))
        findings = self.findings
        for wait in waiting.values():
            if wait.site != first.site:
                here, there = findings.line(first.access), findings.line(wait.access)
                them = findings.name(wait.access)
                sentence = (
                    f"waits at the barrier in line {here} and {them} at the one in line {there}"
                    if here != there
                    else f"and {them} wait at different barriers"
                )
                self.fault("divergent-barrier", sentence, first.access, action="waits", other=wait.access)
                break
        if block.ended:
            ended = next(thread for thread in block.threads if thread.ended)
            them = findings.name(pack(0, ended.who, 0, OTHER))
            sentence = f"waits at a barrier that {them} never reached: it had ended"
            findings.note("ended-before-barrier", sentence, first.access, action="waits")
        if self.log is not None:
            for wait in waiting.values():
                self.record("barrier", None, -1, None, wait.access)
        if self.paths is not None:
            self.paths.forget()
        pass_barrier(block, self.time)
        self.time += 1
        predicates = [bool(wait.operand) for wait in waiting.values()]
        answers = {"": None, "count": sum(predicates), "and": all(predicates), "or": any(predicates)}
        return [(thread, answers[wait.operation]) for thread, wait in waiting.items()]

    # What the kernel calls

    def barrier(self, frame: FrameType, kind: str, predicate: Any) -> Any:
        """Wait for the block."""
        access = self.access(frame, OTHER)
        return self._wait(Wait("barrier", access, call_site(frame, self._code), kind, 0, predicate))

    def meet(self, frame: FrameType, operation: str, mask: int, operand: Any) -> Any:
        """Wait for the lanes of ``mask`` and do a warp operation."""
        access = self.access(frame, OTHER)
        mask = int(mask) & 0xFFFFFFFF
        if operation != "activemask" and not mask >> self.thread.lane & 1:
            sentence = f"calls {operation} with a mask that does not name its own lane, {self.thread.lane}"
            self.fault("bad-warp-operation", sentence, access, action="called")
        return self._wait(Wait("warp", access, None, operation, mask, operand))

    def report_turns(self, turns: int, frame: FrameType, *, pause: bool = True) -> int:
        """Count the thread's loop turns, and let others run meanwhile: it may wait for one of them."""
        thread = self.thread
        thread.turns += turns
        thread.slice -= turns
        self._plan.check_time()
        if thread.turns >= self._plan.loop_turns:
            code, line = endless_loop(frame, self._code)
            place = self.places.number_in(code, position_of_line(code, line))
            sentence = f"is still in this loop after {thread.turns} turns"
            self.fault("hang", sentence, pack(self.time, thread.who, place, OTHER), action="loops")
            raise Abandon
        if pause and thread.slice <= 0:
            self._wait(Wait("pause", self.access(frame, OTHER)))
        return TURNS_PER_REPORT if thread.slice > 0 else _TURNS_WHILE_WAITING

    def shared_array(self, frame: FrameType, shape: Any, dtype: Any) -> PreciseArray:
        """The block's array of this place in the code; all the dynamic ones are one."""
        place: Any = place_of(frame.f_code, frame.f_lasti)
        found = self._shared.get(place)
        if found is not None:
            return found
        shape, dtype = as_shape(shape), as_dtype(dtype)
        if shape == (0,):
            return self._dynamic_array(dtype)
        total = self._plan.dynamic_shared + bytes_of(shape, dtype)
        total += sum(each.nbytes for where, each in self._shared.items() if where != "dynamic")
        if total > self._plan.shared_limit:
            sentence = f"asks for {total} bytes of shared memory; a block has at most {self._plan.shared_limit}"
            self.fault("invalid-launch", sentence, self.access(frame, OTHER), action="asked")
            raise Abandon
        self._shared[place] = self._new_shared(shape, dtype)
        return self._shared[place]

    def _dynamic_array(self, dtype: np.dtype[Any]) -> PreciseArray:
        array = self._shared.get("dynamic")
        if array is None:
            array = self._shared["dynamic"] = self._new_shared((self._plan.dynamic_shared // dtype.itemsize,), dtype)
        elif array.dtype != dtype:
            raise Unsupported(f"the simulator does not offer dynamic shared memory as both {array.dtype} and {dtype}")
        return array

    def _new_shared(self, shape: Shape, dtype: np.dtype[Any]) -> PreciseArray:
        cells = Cells(self, [None] * math.prod(shape), dtype, shape, "", "shared", self._shared_room)
        return PreciseArray(cells, row_major(shape))

    def local_array(self, shape: Shape, dtype: np.dtype[Any]) -> PreciseArray:
        """A new array of the thread's own."""
        cells = Cells(self, [None] * math.prod(shape), dtype, shape, "", "local")
        return PreciseArray(cells, row_major(shape))

    def atomic(self, array: PreciseArray, index: Any, change: Callable[[Any], Any], frame: FrameType) -> Any:
        """Change one element atomically; returns the old value."""
        return array.update(index, change, frame)

    def fence(self, *, device: bool) -> None:
        """What the thread did so far may be handed on by its next atomic."""
        fence(self.thread, self.time, device=device)
        self.time += 1

    def outside(self, array: KernelArray, index: Shape, frame: FrameType) -> None:
        """A constant array indexed outside its bounds."""
        where = name_of_index(array.name or "a constant array", index)
        sentence = f"read {where}; it has {' x '.join(map(str, array.shape))} elements"
        self.fault("out-of-bounds", sentence, self.access(frame, READ), array.name, index)

    def division_by_zero(self, frame: FrameType) -> None:
        """Undefined on a GPU."""
        access = self.access(frame, OTHER)
        self.fault("integer-division-by-zero", "divided an integer by zero", access, action="divided")

    @property
    def lane(self) -> int:
        """The running thread's lane."""
        return self.thread.lane

    # Collecting

    def access(self, frame: FrameType, action: int) -> Access:
        """What the running thread does now, at this frame's place in the code."""
        place = self.places.number(frame)
        return self.time << TIME_SHIFT | self.thread.who << WHO_SHIFT | place << PLACE_SHIFT | action  # as pack does

    def conflict(self, kind: str, cells: Cells, position: int, earlier: Access, access: Access) -> None:
        """Collect a race, or a note, of two threads on one cell."""
        index = index_of_cell(position, cells.shape)
        self.findings.conflict(kind, cells.name, cells.title, index, earlier, access)

    def record(self, verb: str, cells: Cells | None, position: int, value: Any, access: Access) -> None:
        """Write an access down for the trace, up to a limit.

        Beyond it the launch may only go on where it may hang in this loop, which is a better answer.
        """
        assert self.log is not None
        if len(self.log) < MAX_RECORDED:
            self.ways.put(len(self.log), self.thread.way)
            self.log.append((verb, cells, position, value, access))
        else:
            self._log_is_full = True
            if self.thread.turns < self._plan.loop_turns // 1024:
                self._too_large()

    def _too_large(self) -> None:
        raise TraceTooLarge(
            f"this launch does more than {MAX_RECORDED:,} accesses; launch it with record=False, or smaller"
        )
