"""The process behind :mod:`minigrad.workbook.frontend`: compiles kernels, one request after the other.

It runs a learner's file, so it trusts nothing that the file may do. Requests and answers travel over private
copies of standard input and output; what the file prints or reads goes nowhere. A line is one message, in JSON.
When the other end goes away this process ends, whatever it is doing.
"""

from __future__ import annotations

import ast
import inspect
import io
import linecache
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any

from minigrad.workbook.another_python import Requests, Surroundings
from minigrad.workbook.checks import spec_of
from minigrad.workbook.constants import with_constants
from minigrad.workbook.frontend_errors import Explanation, explain
from minigrad.workbook.frontend_target import (
    BadTypes,
    Target,
    Unusable,
    first_line,
    fits,
    given_types,
    nobodys_fault,
    prepare,
    read_environment,
    written,
)
from minigrad.workbook.puzzle import Puzzle
from minigrad.workbook.raised import line_reached
from minigrad.workbook.restrictions import Restriction, restrictions
from minigrad.workbook.spec import KernelSpec

MODULE = "__puzzle__"
"""What the learner's module is called here; not ``__main__``, so that what a file does as a program is left out."""

Answer = dict[str, Any]
Reason = tuple[int | None, str]
"""A line, if it is known, and what is wrong there."""


def main() -> None:
    """Answer requests until there are no more."""
    requests = Requests()
    try:
        target: Target | str = prepare()
    except Unusable as error:
        target = str(error)
    surroundings = Surroundings()
    while True:
        request = requests.next()
        surroundings.restore(request["path"])
        read_environment()
        requests.answer(_answer(request, target))


# One request


def _answer(request: Mapping[str, Any], target: Target | str) -> Answer:
    if isinstance(target, str):
        return _said("skipped", f"numba's CUDA compiler does not work here: {target}")
    try:
        return _compile(request, target)
    except BaseException as error:
        return _said("skipped", f"numba's CUDA compiler could not be asked: {first_line(error)}")


def _compile(request: Mapping[str, Any], target: Target) -> Answer:
    source, filename = request["source"], request["filename"]
    module = ModuleType(MODULE)
    error = _execute(module, [*request["before"], (source, filename)], request["constants"])
    stopped = _why_stopped(error, filename)
    kernel = _kernel(module, request["function"])
    function = _function(kernel)
    if function is None and error is not None and _is_about_types(error):
        sentence = f"numba does not understand the types that the decorator gives ({first_line(error)})."
        return _refused(source, [(line_reached(error, filename), sentence)])
    if function is None:
        reason = stopped or f"it defines no function {request['function']}"
        return _said("skipped", f"The file could not be run for numba's compiler: {reason}.")
    if request["makes"]:
        try:
            kernel = _made(function, request)
        except BaseException as error:
            return _said("skipped", f"No kernel could be made for numba's compiler: {_why_stopped(error, filename)}.")
        function = _function(kernel)
        if function is None:
            return _said("skipped", f"{request['function']} made no kernel for numba's compiler.")
    found = restrictions(source, function.__name__, function.__code__.co_firstlineno)
    certain: list[Reason] = [(one.line, one.sentence) for one in found if one.certain]
    if certain:
        return _refused(source, certain)
    types = [re.sub(r":\]$", "::1]", kind) for kind in request["signature"].values()]
    if len(types) != function.__code__.co_argcount:
        given, wanted = ", ".join(inspect.signature(function).parameters), ", ".join(request["signature"])
        sentence = f"the parameters are ({given}), and they should be ({wanted})."
        return _refused(source, [(function.__code__.co_firstlineno, sentence)])
    explicit = given_types(kernel)
    if explicit and not any(fits(each, types) for each in explicit):
        told = " and ".join(f"({', '.join(map(written, each))})" for each in explicit)
        wanted = ", ".join(request["signature"].values()).replace("::1", ":")
        sentence = f"the decorator gives the types {told}, and the kernel is launched with ({wanted})."
        sentence += " Leave them out: numba finds them out at the first launch."
        return _refused(source, [(_line_of_decorator(source, function), sentence)])
    try:
        target.compile(function, types)
    except BadTypes as error:
        return _said("skipped", f"numba does not know the types that were asked for: {error}.")
    except Exception as error:
        if nobodys_fault(error):
            return _said("passed", _no_ptx(target.no_ptx or first_line(error)))
        if stopped:
            return _said("skipped", f"The file could not be run for numba's compiler: {stopped}.")
        return _refused(source, _reasons(explain(error, filename, vars(module)), found))
    return _said("passed", "")


def _no_ptx(reason: str) -> str:
    return f"Types and lowering were checked. PTX was not made ({reason.rstrip('.:')})."


def _lines(source: str) -> list[str]:
    """The lines as Python counts them."""
    return io.StringIO(source, newline=None).readlines()


def _said(status: str, message: str, line: int | None = None) -> Answer:
    return {"status": status, "message": message, "line": line}


# The learner's module


def _execute(
    module: ModuleType, sources: Sequence[tuple[str, str]], constants: Mapping[str, int]
) -> BaseException | None:
    """Run the file, or what there is of cells, as ``module``; what stopped it, if anything did. What it had defined by
    then is there.
    """
    sys.modules[MODULE] = module
    for source, filename in sources:
        module.__file__ = filename
        linecache.cache[filename] = (len(source), None, _lines(source), filename)
        try:
            tree = ast.parse(source, filename)
            exec(compile(with_constants(tree, constants), filename, "exec", dont_inherit=True), vars(module))
        except BaseException as error:
            return error
    return None


def _why_stopped(error: BaseException | None, filename: str) -> str:
    if error is None:
        return ""
    line = line_reached(error, filename)
    return f"line {line}: {first_line(error)}" if line else first_line(error)


def _is_about_types(error: BaseException) -> bool:
    """Whether numba raised it while it read the types in a decorator."""
    traceback = error.__traceback__
    while traceback:
        if os.path.basename(traceback.tb_frame.f_code.co_filename) == "sigutils.py":
            return True
        traceback = traceback.tb_next
    return False


def _line_of_decorator(source: str, function: Callable[..., Any]) -> int:
    """The line above a kernel that says ``jit``, or its first."""
    first = function.__code__.co_firstlineno
    lines = enumerate(_lines(source)[first - 1 :], first)
    return next((number for number, line in lines if "jit" in line), first)


def _kernel(module: ModuleType, name: str) -> Any:
    """The kernel of the puzzle of that name, or else the kernel or function of that name."""
    puzzles = (value for value in vars(module).values() if isinstance(value, Puzzle))
    return next((each.kernel for each in puzzles if each.name == name), getattr(module, name, None))


def _function(found: Any) -> Callable[..., Any] | None:
    """The Python function behind a kernel."""
    function = getattr(found, "py_func", found)
    return function if hasattr(function, "__code__") else None


def _made(maker: Callable[..., Any], request: Mapping[str, Any]) -> Any:
    """What the puzzle's function makes of a scalar function."""
    cuda: Any = import_module("numba.cuda")
    scalar, spec = request["scalar"], spec_of(request["function"])
    assert isinstance(spec, KernelSpec)
    given = (cuda.jit(device=True)(spec.scalars[scalar].function),) if scalar else ()
    return maker(*given)


# What to tell


def _reasons(said: Explanation, found: list[Restriction]) -> list[Reason]:
    """What is known from the source, and what numba says where that is another line."""
    reasons: list[Reason] = [(one.line, one.sentence) for one in found]
    consequence = said.line is None or said.line in {one.line for one in found} or not said.specific
    if not reasons or not consequence:
        reasons.append((said.line, said.sentence))
    return sorted(reasons, key=lambda reason: reason[0] or 0)


def _refused(source: str, reasons: Sequence[Reason]) -> Answer:
    """One paragraph: for each of the first reasons the line, the source there, and why."""
    lines = _lines(source)
    sentences: list[str] = []
    before = None
    for line, sentence in reasons[:3]:
        if line and line <= len(lines) and line != before:
            sentences.append(f"Line {line}, `{lines[line - 1].strip()}`: {sentence}")
        else:
            sentences.append(sentence[:1].upper() + sentence[1:])
        before = line
    return _said("failed", " ".join(sentences), next((line for line, _ in reasons if line), None))


if __name__ == "__main__":
    main()
