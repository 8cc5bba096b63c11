"""From a place in compiled code to the instruction it means, and to the line of source that a learner sees."""

from __future__ import annotations

import dis
import linecache
from bisect import bisect_right
from types import CodeType, FrameType
from typing import Any

_MAX_CODES = 1024
_known: dict[int, _Instructions] = {}


class _Instructions:
    """What is to be known of a code object's instructions: where each begins, and at which line."""

    def __init__(self, code: CodeType) -> None:
        self.code = code  # holding it keeps its id its own
        self.lines = list(code.co_lines())
        self.starts: list[int] = []
        for instruction in dis.get_instructions(code):
            last = self.starts[-1] if self.starts else 0
            self.starts += [last] * (instruction.offset // 2 - len(self.starts))
            self.starts.append(instruction.offset)
        self.starts += [self.starts[-1]] * (len(code.co_code) // 2 - len(self.starts) + 1)


def _of(code: CodeType) -> _Instructions:
    known = _known.get(id(code))  # by identity: hashing a code object hashes all that is in it
    if known is None:
        if len(_known) >= _MAX_CODES:
            _known.clear()
        known = _known[id(code)] = _Instructions(code)
    return known


def instruction_starts(code: CodeType) -> list[int]:
    """For each half of a frame's ``f_lasti``, the offset of the instruction that it lies in.

    The same call leaves different values of ``f_lasti`` before and after the interpreter has specialised it, since an
    instruction is followed by cache entries; its start is always the same.
    """
    return _of(code).starts


def place_of(code: CodeType, position: int) -> tuple[int, int]:
    """A key for the instruction at ``position``, good for as long as the code lives."""
    return id(code), instruction_starts(code)[position >> 1]


def call_site(frame: FrameType, kernel: CodeType) -> Any:
    """Where in ``kernel`` something was called, and through which calls: a key to compare with others.

    Within the kernel itself it is an int; within a function that it calls it says the way there, too.
    """
    site: Any = instruction_starts(frame.f_code)[frame.f_lasti >> 1]
    while frame.f_code is not kernel:
        assert frame.f_back is not None
        frame = frame.f_back
        site = (site, instruction_starts(frame.f_code)[frame.f_lasti >> 1])
    return site


class Places:
    """Small integers for places in code: each code object's instructions follow those of the one before it."""

    def __init__(self) -> None:
        self._first: dict[int, int] = {}  # by the code's identity, since hashing a code object takes long
        self._firsts: list[int] = []
        self._codes: list[CodeType] = []
        self._end = 0

    def number(self, frame: FrameType) -> int:
        """The number of the place where this frame is."""
        code = frame.f_code
        first = self._first.get(id(code))
        return (self._add(code) if first is None else first) + frame.f_lasti

    def number_in(self, code: CodeType, position: int) -> int:
        """The number of a position (``f_lasti``) in some code."""
        first = self._first.get(id(code))
        return (self._add(code) if first is None else first) + position

    def code_and_position(self, number: int) -> tuple[CodeType, int]:
        """The way back."""
        at = bisect_right(self._firsts, number) - 1
        return self._codes[at], number - self._firsts[at]

    def _add(self, code: CodeType) -> int:
        first = self._first[id(code)] = self._end
        self._firsts.append(first)
        self._codes.append(code)
        self._end += len(code.co_code)
        return first


def line_of(code: CodeType, position: int) -> int | None:
    """The line, counted from 1, of the instruction at ``position`` (a frame's ``f_lasti``)."""
    for start, end, line in _of(code).lines:
        if start <= position < end:
            return line
    return code.co_firstlineno


def position_of_line(code: CodeType, line: int) -> int:
    """The position (as ``f_lasti``) of the first instruction of a line, or of the code where the line has none."""
    return next((start for start, _, number in _of(code).lines if number == line), 0)


def source_line(filename: str, line: int | None) -> str:
    """The text of that line without its indentation, "" where the source cannot be had."""
    return linecache.getline(filename, line).strip() if line is not None else ""
