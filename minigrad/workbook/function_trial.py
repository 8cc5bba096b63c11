"""One call of a learner's plain function or method, beside what the reference says.

A :class:`FunctionTrial` holds what was returned or raised and says, in a clause, what is wrong with it. That a call
does not end is found by counting the lines that it runs, so that it is found in the same place every time.
"""

from __future__ import annotations

import contextlib
import copy
import gc
import inspect
import sys
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property
from types import FrameType
from typing import Any

import numpy as np

from minigrad.errors import MinigradError
from minigrad.workbook.notation import call, written
from minigrad.workbook.raised import line_reached
from minigrad.workbook.spec import Arguments, Rule
from minigrad.workbook.watchdog import runs_within

LINES = 200_000
"""So many lines of the learner's file one call may run."""

SECONDS = 10.0
"""How long it may take: the backstop, after which there is no verdict."""

SHOWN_CHARACTERS = 300
"""So much is shown of what an exception says."""


class StillRunning(Exception):
    """A call took too long to be judged. The message, one sentence, says which."""


@dataclass(frozen=True, repr=False)
class Call:
    """A function to call, and with what."""

    rule: Rule
    arguments: Arguments

    @property
    def key(self) -> Hashable:
        """The same for calls with the same arguments."""
        return tuple(map(_key, self.arguments.values()))

    def __repr__(self) -> str:
        return f"<call of {self.rule.name}>"  # what it is called with can take pages, the rule's tables too

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(repr(self))  # hypothesis writes the fields of a dataclass out unless there is this

    def __str__(self) -> str:
        shown = self.rule.shown
        return shown(self.arguments) if shown else call(self.rule.name, self.arguments)


@dataclass(frozen=True)
class FunctionTrial:
    """A call, and what came of it: ``returned``, or ``error``, or neither if it ``hangs``.

    ``after`` are the arguments as the function left them; ``file`` and ``line`` say where it raised or was stuck.
    """

    call: Call
    after: Arguments
    returned: Any = None
    error: BaseException | None = None
    hangs: bool = False
    file: str = ""
    line: int | None = None

    @cached_property
    def mistake(self) -> str | None:
        """What is wrong, as a clause that follows the call ("returned 4, expected 5"); None if nothing is."""
        rule, arguments = self.call.rule, self.call.arguments
        expected, reason = self.expectation
        if self.hangs:
            return "does not come to its end"
        wanted = (
            f"expected {_a(rule.raises)}" if reason is not None and rule.raises else f"expected {written(expected)}"
        )
        if self.error is not None:
            if reason is not None and rule.raises and isinstance(self.error, rule.raises):
                return None
            if self.is_refused:
                return f"is refused by minigrad, {wanted}: {_told(self.error, with_kind=False)}{_explained(self.error)}"
            return f"raised {_told(self.error)}; {wanted}{_explained(self.error)}"
        if reason is not None:
            return f"returned {written(self.returned)}, {wanted}: {reason}"
        return rule.compare(arguments, expected, self.returned)

    @property
    def raised(self) -> bool:
        """Whether it raised what is never an answer, or did not end."""
        if self.error is None or self.is_refused:
            return self.hangs
        answer = self.call.rule.raises
        return not (answer and isinstance(self.error, answer))

    @property
    def is_refused(self) -> bool:
        """Whether what a method returned was refused by minigrad itself, not by anything that the learner wrote."""
        return isinstance(self.error, MinigradError) and self.line is None

    @cached_property
    def harm(self) -> str | None:
        """What the call did that it must not, as a kind and a sentence; None if nothing."""
        for name, before in self.call.arguments.items():
            if not _same(before, self.after[name]):
                return (
                    f"changed-input: {self.call} changed its argument {name} from {written(before)} "
                    f"to {written(self.after[name])}; arguments are only to be read"
                )
        if self.call.rule.own_memory:
            for name, argument in self.after.items():
                if _share(self.returned, argument):
                    return (
                        f"shared-memory: {self.call} returned an array that shares memory with its argument {name}: "
                        "whoever changes one changes the other; make a new one"
                    )
        return None

    @property
    def is_correct(self) -> bool:
        """Whether the call did what the reference does."""
        return self.mistake is None

    @property
    def is_safe(self) -> bool:
        """Whether it left alone what is not its own."""
        return self.harm is None

    @property
    def size(self) -> tuple[int, ...]:
        """How large its arguments are."""
        return (sum(map(_entries, self.call.arguments.values())),)

    @cached_property
    def expectation(self) -> tuple[Any, str | None]:
        """What the reference returns, and what it says where it raises instead."""
        rule = self.call.rule
        if rule.raises is None:
            return rule.reference(**self.call.arguments), None
        try:
            return rule.reference(**self.call.arguments), None
        except rule.raises as error:
            return None, str(error)


def try_call(function: Callable[..., Any], given: Call, owner: type | None = None) -> FunctionTrial:
    """Call ``function``, of a class if there is an ``owner``, with copies of the arguments.

    Raises :class:`StillRunning` if it takes too long. KeyboardInterrupt is passed on.
    """
    after = {name: copy.deepcopy(value) for name, value in given.arguments.items()}
    file = inspect.unwrap(function).__code__.co_filename
    returned: list[Any] = []
    counting = _Counting(file)
    error: BaseException | None = None
    judged_by = given.rule.judged_by

    def answer() -> Any:
        return judged_by(owner or function, after) if judged_by else function(*after.values())

    try:
        # What comes of it is compared; a warning would only be noise.
        with counting, _collecting_later(), np.errstate(all="ignore"):
            in_time = runs_within(SECONDS, lambda: returned.append(answer()))
    except KeyboardInterrupt:
        raise
    except BaseException as raised:
        error, in_time = raised, True
    if isinstance(error, _TooManyLines):
        return FunctionTrial(given, after, hangs=True, file=file, line=counting.line)
    if not in_time:
        raise StillRunning(f"{given} was still running after {SECONDS:g} seconds")
    if error is not None:
        return FunctionTrial(given, after, error=error, file=file, line=line_reached(error, file))
    return FunctionTrial(given, after, returned[0], file=file)


@contextlib.contextmanager
def _collecting_later() -> Iterator[None]:
    """Do without garbage collection in a call.

    Others have callbacks at it, hypothesis for one. In the depth of an endless recursion there is no room for them:
    they would fail there, and pytest would take it for a failure of ours.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class _TooManyLines(BaseException):
    """Raised in the middle of a call that does not end."""


class _Counting:
    """Counts the lines of one file that run; does nothing under a debugger, which it would stand in the way of."""

    def __init__(self, file: str) -> None:
        self.line: int | None = None
        self._file = file
        self._left = LINES

    def __enter__(self) -> None:
        self._before = sys.gettrace()
        if self._before is None:
            sys.settrace(self._enter)

    def __exit__(self, *_: object) -> None:
        if self._before is None:
            sys.settrace(None)

    def _enter(self, frame: FrameType, event: str, argument: Any) -> Any:
        return self._count if frame.f_code.co_filename == self._file else None

    def _count(self, frame: FrameType, event: str, argument: Any) -> Any:
        self._left -= 1
        if self._left < 0:
            self.line = frame.f_lineno
            raise _TooManyLines
        return self._count


def _told(error: BaseException, with_kind: bool = True) -> str:
    """An exception's own words on one line."""
    try:
        words = " ".join(str(error).split())
    except Exception:  # its __str__ is the learner's code too
        words = ""
    if len(words) > SHOWN_CHARACTERS:
        words = f"{words[:SHOWN_CHARACTERS]}…"
    kind = type(error).__name__
    return f"{kind}: {words}" if words and with_kind else words or kind


def _explained(error: BaseException) -> str:
    """What ``judged_by`` noted about the reason of an exception, each on a line of its own."""
    return "".join(f"\n{note}" for note in getattr(error, "__notes__", ()))


def _a(kind: type[Exception]) -> str:
    return f"{'an' if kind.__name__[0] in 'AEIOU' else 'a'} {kind.__name__}"


def _key(value: Any) -> Hashable:
    """Of two equal values the same; what is neither an array nor made of plain values is only the same as itself."""
    if hasattr(value, "__array__"):
        array = np.asarray(value)
        return array.dtype.str, array.shape, array.tobytes()
    if isinstance(value, list | tuple):
        return type(value), *map(_key, value)
    return type(value), value if isinstance(value, int | float | str | None) else id(value)


def _same(before: Any, after: Any) -> bool:
    """Whether an argument still is what it was; of what cannot be looked into, it is taken to be."""
    if isinstance(before, list | tuple):
        return len(before) == len(after) and all(map(_same, before, after))
    if isinstance(before, int | float):
        return isinstance(after, int | float | np.generic) and bool(before == after)
    return type(before) is type(after) and (not hasattr(before, "__array__") or _key(before) == _key(after))


def _share(returned: Any, argument: Any) -> bool:
    if isinstance(returned, np.ndarray) and isinstance(argument, np.ndarray):
        return bool(np.shares_memory(returned, argument))
    return isinstance(returned, list | np.ndarray) and returned is argument


def _entries(value: Any) -> int:
    if isinstance(value, list | tuple):
        return len(value) + sum(map(_entries, value))
    if isinstance(value, np.ndarray):
        return value.size + int(np.abs(value).sum()) if value.dtype.kind in "iu" else value.size
    return abs(value) if isinstance(value, int) else 0
