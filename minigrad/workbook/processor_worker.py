"""The process behind :mod:`minigrad.workbook.processor`: compiles functions with ``njit``, and runs them when asked.

It runs a learner's file, so it trusts nothing that the file may do. Requests and answers travel over private copies of
standard input and output; what the file prints or reads goes nowhere. A line is one message, in JSON. When the other
end goes away this process ends.
"""

from __future__ import annotations

import linecache
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from minigrad.workbook.another_python import Requests, Surroundings
from minigrad.workbook.checks import spec_of
from minigrad.workbook.processor import decoded, encoded
from minigrad.workbook.processor_sentences import explain_refusal, first_line
from minigrad.workbook.puzzle import Puzzle
from minigrad.workbook.raised import line_reached
from minigrad.workbook.spec import KernelSpec

MODULE = "__puzzle__"
"""What the learner's module is called here; not ``__main__``, so that what a file does as a program is left out."""

Answer = dict[str, Any]


@dataclass
class Compiled:
    """A function of numba's and the calls that are to be run."""

    function: Callable[..., Any]
    filename: str
    calls: list[list[Any]] = field(default_factory=list)


class Refused(Exception):
    """The request comes to nothing. It is given the answer's status, message and line."""


def main() -> None:
    """Answer requests until there are no more."""
    requests = Requests()
    _keep_no_caches()
    surroundings = Surroundings()
    compiled: Compiled | None = None
    while True:
        request = requests.next()
        try:
            if request["do"] == "compile":
                surroundings.restore(request["path"])
                compiled = _compile(request)
                answer = _said("passed")
            else:
                assert compiled
                answer = _run(compiled, request["seconds"])
        except Refused as refused:
            answer = _said(*refused.args)
        except BaseException as error:
            answer = _said("skipped", f"numba could not be asked: {first_line(error)}")
        requests.answer(answer)


def _keep_no_caches() -> None:
    """Let ``@njit(cache=True)`` leave no files beside the learner's."""
    from numba.core import dispatcher

    patched: Any = dispatcher.Dispatcher
    patched.enable_caching = lambda self: None


def _said(status: str, message: str = "", line: int | None = None, results: list[Answer] | None = None) -> Answer:
    return {"status": status, "message": message, "line": line, "results": results or []}


def _compile(request: Mapping[str, Any]) -> Compiled:
    from numba import njit, typeof

    source, filename = request["source"], request["filename"]
    calls = [[decoded(argument) for argument in call] for call in request["calls"]]
    module, stopped = _executed([*request["before"], (source, filename)])
    try:
        function = _wanted(module, request)
        if function is None:
            reason = stopped or f"it defines no function {request['function']}"
            raise Refused("skipped", f"The file could not be run for numba: {reason}.")
        if not hasattr(function, "py_func"):
            function = njit(function)
        for types in dict.fromkeys(tuple(map(typeof, call)) for call in calls):
            if getattr(function, "_can_compile", True):  # not where the decorator gave the types
                function.compile(types)
    except Refused:
        raise
    except BaseException as error:
        if stopped:
            raise Refused("skipped", f"The file could not be run for numba: {stopped}.") from error
        raise Refused("failed", *explain_refusal(error, source, filename, vars(module))) from error
    return Compiled(function, filename, calls)


def _executed(sources: Sequence[tuple[str, str]]) -> tuple[ModuleType, str]:
    """The file, or what there is of cells, run as a module, and why it stopped, if it did. What it had defined by then
    is there.
    """
    module = ModuleType(MODULE)
    sys.modules[MODULE] = module
    for source, filename in sources:
        module.__file__ = filename
        linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
        try:
            exec(compile(source, filename, "exec", dont_inherit=True), vars(module))
        except BaseException as error:
            line = line_reached(error, filename)
            return module, f"line {line}: {first_line(error)}" if line else first_line(error)
    return module, ""


def _wanted(module: ModuleType, request: Mapping[str, Any]) -> Any:
    """The function to compile: the one of that name, or the kernel that it makes."""
    from numba import njit

    name = request["function"]
    puzzles = (value for value in vars(module).values() if isinstance(value, Puzzle))
    found: Any = next((each.kernel for each in puzzles if each.name == name), getattr(module, name, None))
    if isinstance(found, Puzzle):
        found = found.kernel
    if found is None or not request["makes"]:
        return found
    scalar, spec = request["scalar"], spec_of(name)
    assert isinstance(spec, KernelSpec)
    return found(njit(spec.scalars[scalar].function)) if scalar else found()


def _run(compiled: Compiled, seconds: float) -> Answer:
    if hasattr(signal, "alarm"):  # nothing else stops compiled code once there is nobody left to kill us
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(int(2 * seconds) + 1)
    results = []
    try:
        for arguments in compiled.calls:
            value = compiled.function(*arguments)
            results.append({"value": encoded(value), "arguments": [encoded(each) for each in arguments]})
    except BaseException as error:
        line = line_reached(error, compiled.filename)
        return _said("failed", f"the compiled function raised {first_line(error)}", line)
    finally:
        if hasattr(signal, "alarm"):
            signal.alarm(0)
    return _said("passed", results=results)


if __name__ == "__main__":
    main()
