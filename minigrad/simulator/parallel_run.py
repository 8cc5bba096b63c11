"""One run of a kernel for the processor on checked memory: each iteration of a parallel loop is a thread of its own."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import CodeType, FrameType
from typing import Any

import numpy as np

from minigrad.simulator.access import OTHER, PLACE_SHIFT, TIME_SHIFT, WHO_SHIFT, Access, where_of, who_of
from minigrad.simulator.arrays import Shape
from minigrad.simulator.errors import KernelError, SimulatorError, TraceTooLarge, Unsupported
from minigrad.simulator.parallel_arrays import array_of, filled_array
from minigrad.simulator.parallel_findings import Loops, ParallelFindings
from minigrad.simulator.parallel_memory import Memory
from minigrad.simulator.parallel_numbers import Running
from minigrad.simulator.plan import Plan
from minigrad.simulator.precise_run import MAX_RECORDED, Abandon
from minigrad.simulator.rewrite import TURNS_PER_REPORT, endless_loop
from minigrad.simulator.source import Places, line_of, position_of_line


class ParallelRun:
    """One run. After ``run``: ``findings``, ``loops``, ``log`` and the values of the arguments."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._random = random.Random(plan.order) if isinstance(plan.order, int) else None
        self._turns = 0
        self._line = 0
        self._misused: set[tuple[str, int]] = set()
        self._sources: Mapping[CodeType, bool] = {}
        self._code: CodeType = None  # type: ignore[assignment]  # set by ``run``
        self.who = 0
        self.time = 1
        self.floor: Access = 0
        self.stamp: Access = 1 << TIME_SHIFT
        self.log: list[tuple[Any, ...]] | None = [] if plan.record else None
        self.places = Places()
        self.loops = Loops()
        self.findings = ParallelFindings(self.loops, self.places, self._sources)
        self.complete = True
        self.arguments: list[Any] = plan.bind(self._argument)

    def _argument(self, array: Any, name: str, is_written: bool) -> Any:
        if not is_written:
            return filled_array(self, None, array.dtype, array.shape, name, "global")
        return array_of(self, array, name, "fixed" if array.dtype.kind in "biu" else "global")

    def run(self, kernel: Callable[..., Any], code: CodeType, sources: Mapping[CodeType, bool]) -> None:
        """Run the kernel, whose code is ``code``; raises :class:`KernelError` where its own code raises."""
        self._code, self._sources = code, sources
        self.findings = ParallelFindings(self.loops, self.places, sources, self.log)
        tracer = sys.gettrace()
        try:
            kernel(*self.arguments)
        except Abandon:
            self.complete = False
        except (SimulatorError, KeyboardInterrupt):
            raise
        except Exception as error:
            self._ended_badly(error)
            self.complete = False
        finally:
            if sys.gettrace() is not tracer:
                sys.settrace(tracer)

    # What the kernel calls

    def prange(self, *bounds: Any) -> Any:
        """``numba.prange``."""
        values = range(*bounds)
        if len(bounds) == 3 and values.step != 1:
            raise ValueError("prange takes a step of 1 only")
        return values if self.who else self._loop(values, sys._getframe(1))

    def _loop(self, values: range, frame: FrameType) -> Iterator[int]:
        self.report_turns(1, frame)  # the loop may stand in an endless one
        first = self.loops.begin(frame.f_lineno, values)
        self._line = frame.f_lineno
        lists = {name: (value, value[:]) for name, value in frame.f_locals.items() if isinstance(value, list)}
        del frame
        self._fork()
        self.floor = self.time << TIME_SHIFT
        turns = self._turns
        for number in self._in_order(len(values)):
            self.who = first + number
            self.stamp = self.floor | self.who << WHO_SHIFT
            self._turns = 0
            self._plan.check_time()
            yield values[number]
            for name, (now, before) in lists.items():
                if now != before:
                    raise Unsupported(f"the list {name} is changed in a parallel loop, and only arrays can be checked")
        # Only an exception leaves the loop in another way, and it is the iteration's.
        self.who = 0
        self._turns = turns
        self._fork()

    def _fork(self) -> None:
        self.time += 1
        self.stamp = self.time << TIME_SHIFT

    def _in_order(self, count: int) -> Sequence[int]:
        if self._random is not None:
            shuffled = list(range(count))
            self._random.shuffle(shuffled)
            return shuffled
        return range(count) if self._plan.order == "forward" else range(count - 1, -1, -1)

    def running(self, value: Any, name: str, line: int) -> Any:
        """What an iteration gets for a variable that lives on from the one before, in the loop that begins at ``line``.

        Only the parallel loop itself hands it out, not one within it that is an ordinary one.
        """
        if self.who and self._line == line and isinstance(value, int | float | np.number | np.bool_):
            return Running(self, name, value)
        return value

    def used(self, name: str) -> None:
        """A variable that all iterations reduce into is used otherwise."""
        frame = self.frame_of_kernel()
        while frame.f_code.co_filename != self._code.co_filename and frame.f_back is not None:
            frame = frame.f_back  # a function from elsewhere was handed the variable
        access = self._access(frame.f_code, frame.f_lasti)
        if (name, where_of(access)) not in self._misused:
            self._misused.add((name, where_of(access)))
            sentence = (
                f"uses {name} as the iterations before have left it; an iteration may only add to such a variable,"
                " multiply it, or take the larger or the smaller"
            )
            self.findings.fault("race", sentence, access, name, action="used")

    def report_turns(self, turns: int, frame: FrameType, *, pause: bool = True) -> int:
        """Count the turns that the running iteration's loops have done."""
        self._turns += turns
        self._plan.check_time()
        if self._turns >= self._plan.loop_turns:
            code, line = endless_loop(frame, self._code)
            access = self._access(code, position_of_line(code, line))
            self.findings.fault("hang", f"is still in this loop after {self._turns} turns", access, action="loops")
            raise Abandon
        return TURNS_PER_REPORT

    def division_by_zero(self, frame: FrameType) -> None:
        """Undefined on a GPU, an exception in numba on the processor."""
        access = self._access(frame.f_code, frame.f_lasti)
        self.findings.fault("integer-division-by-zero", "divided an integer by zero", access, action="divided")

    # Collecting

    def fault(self, kind: str, sentence: str, access: Access, array: str = "", index: Shape | None = None) -> None:
        """Collect a fault of one iteration."""
        self.findings.fault(kind, sentence, access, array, index)

    def conflict(self, kind: str, memory: Memory, position: int, earlier: Access, access: Access) -> None:
        """Collect a race, or a note, of two iterations on one cell."""
        self.findings.conflict(kind, memory.name, memory.title, memory.index(position), earlier, access)

    def borrowed(self, memory: Memory, access: Access) -> None:
        """Collect the use of an array that another iteration of the same loop has made."""
        maker = self.findings.name(memory.made)
        sentence = f"uses {memory.title}, which {maker} made, and nothing orders the two"
        self.findings.fault("race", sentence, access, memory.name)

    def record(self, verb: str, memory: Memory, position: int, value: Any, access: Access) -> None:
        """Write an access down for the trace, up to a limit."""
        assert self.log is not None
        if len(self.log) >= MAX_RECORDED:
            raise TraceTooLarge(
                f"this run does more than {MAX_RECORDED:,} accesses; run it with record=False, or smaller"
            )
        self.log.append((verb, memory, position, value, access))

    def frame_of_kernel(self) -> FrameType:
        """The innermost frame that runs the kernel's own code."""
        frame: FrameType | None = sys._getframe(1)
        while frame is not None and frame.f_code not in self._sources:
            frame = frame.f_back
        return frame or sys._getframe(1)

    def _access(self, code: CodeType, position: int) -> Access:
        return self.stamp | self.places.number_in(code, position) << PLACE_SHIFT | OTHER

    def _ended_badly(self, error: BaseException) -> None:
        """The kernel's own code raised: an error, unless it is an integer division that no rewriting caught."""
        code, position = self._code, 0
        trace = error.__traceback__
        while trace is not None:
            if trace.tb_frame.f_code in self._sources:
                code, position = trace.tb_frame.f_code, trace.tb_lasti
            trace = trace.tb_next
        access = self._access(code, position)
        if isinstance(error, ZeroDivisionError) and "float" not in str(error):
            self.findings.fault("integer-division-by-zero", "divided an integer by zero", access, action="divided")
            return
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        block, thread = self.loops.position(who_of(access))
        raise KernelError(
            f"{self.findings.name(access)} raised {what}",
            file=code.co_filename,
            line=line_of(code, position),
            block=block,
            thread=thread,
        ) from error
