"""For code without source: its loop turns are counted from outside, since no counter can be put into its loops.

From Python 3.12 on ``sys.monitoring`` tells of every jump. Before, a tracing function sees every instruction. Neither
may hand over to another thread from within, so a loop that is watched cannot wait for another thread.
"""

from __future__ import annotations

import dis
import sys
from collections.abc import Callable, Iterator
from functools import wraps
from types import CodeType, FrameType, FunctionType
from typing import Any

from minigrad.simulator.device import Device
from minigrad.simulator.errors import Unsupported
from minigrad.simulator.rewrite import TURNS_PER_REPORT


def all_codes(code: CodeType) -> Iterator[CodeType]:
    """The code of a function and of those within it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from all_codes(constant)


def has_loops(code: CodeType) -> bool:
    """Whether there is anything to watch."""
    return any("JUMP_BACKWARD" in each.opname for inner in all_codes(code) for each in dis.get_instructions(inner))


if sys.version_info >= (3, 12):
    _monitoring = sys.monitoring
    _watched: dict[int, tuple[CodeType, Device]] = {}
    """By the identity of the code, which is kept so that it stays its own: for whom it is watched."""

    def watched(function: FunctionType, device: Device) -> Callable[..., Any]:
        """The function, its loops watched until :func:`unwatch`."""
        tool = _tool()
        for code in all_codes(function.__code__):
            _watched[id(code)] = code, device
            _monitoring.set_local_events(tool, code, _monitoring.events.JUMP)
        return function

    def unwatch(device: Device) -> None:
        """Stop watching for this device."""
        for key, (code, its_device) in list(_watched.items()):
            if its_device is device:
                _monitoring.set_local_events(_tool(), code, 0)
                del _watched[key]

    def _tool() -> int:
        """The number under which we watch: one that nobody else has."""
        name = "minigrad.simulator"
        for number in (4, 3, 5, 2):
            if _monitoring.get_tool(number) is None:
                _monitoring.use_tool_id(number, name)
                _monitoring.register_callback(number, _monitoring.events.JUMP, _jumped)
            if _monitoring.get_tool(number) == name:
                return number
        raise Unsupported("the simulator needs a number of sys.monitoring to run code without source; all are taken")

    def _jumped(code: CodeType, position: int, target: int) -> None:
        watcher = _watched.get(id(code))
        if target <= position and watcher is not None and watcher[1].run is not None:
            watcher[1].run.report_turns(1, sys._getframe(1), pause=False)

else:

    def watched(function: FunctionType, device: Device) -> Callable[..., Any]:
        """The function, its loops watched as long as it runs."""
        codes = {id(code) for code in all_codes(function.__code__)}

        def begun(frame: FrameType, event: str, argument: Any) -> Any:
            if id(frame.f_code) not in codes:
                return None
            frame.f_trace_opcodes = True  # there are loops of one line, and even of one instruction
            last = turns = 0

            def went_on(frame: FrameType, event: str, argument: Any) -> Any:
                nonlocal last, turns
                if event == "opcode":
                    if frame.f_lasti <= last:
                        turns += 1
                        if turns >= TURNS_PER_REPORT:
                            turns = 0
                            device.run.report_turns(TURNS_PER_REPORT, frame, pause=False)
                    last = frame.f_lasti
                return went_on

            return went_on

        @wraps(function)
        def traced(*arguments: Any) -> Any:
            before = sys.gettrace()
            sys.settrace(begun)
            try:
                return function(*arguments)
            finally:
                sys.settrace(before)

        return traced

    def unwatch(device: Device) -> None:
        """Nothing is left to be undone."""
