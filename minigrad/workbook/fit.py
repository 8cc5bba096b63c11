"""Whether a learner's module holds what can be the answer to one puzzle, and if not, a paragraph that says why.

The module is that of a file, or of a notebook's cell, whose ``path`` then only is its name, ``your cell``.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Collection
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from minigrad.workbook import checks, class_file, function_file
from minigrad.workbook.function_file import indented
from minigrad.workbook.puzzle import FunctionPuzzle, KernelPuzzle, Puzzle, puzzle_of
from minigrad.workbook.spec import FunctionSpec, Spec
from minigrad.workbook.tree import PuzzleFile, puzzle_file

_DECORATORS = {"cuda": "@cuda.jit", "cpu": "@njit(parallel=True)"}
"""What makes a kernel of a function, for each target."""


class LoadError(Exception):
    """A puzzle file cannot be used. The message, one paragraph, says why and what to do about it."""


def of_one_puzzle(module: ModuleType, path: Path, sources: Collection[str]) -> list[Puzzle]:
    """What a module defines for its one puzzle: a kernel, a class, or one function or several; what it imported counts
    only if it defines nothing itself.
    """
    found = {id(value): marked for value in vars(module).values() if (marked := puzzle_of(value))}
    own = [each for each in found.values() if _file_of(each) in sources]
    puzzles = own or list(found.values())
    of_one = len({each.number for each in puzzles}) == 1
    if len(puzzles) == 1 or (of_one and isinstance(puzzles[0], FunctionPuzzle)):
        return puzzles
    if puzzles:
        names = ", ".join(repr(each)[1:-1] for each in puzzles)
        raise LoadError(f"{path.name} holds {len(puzzles)} functions with @puzzle ({names}). Keep one.")
    if any(isinstance(getattr(value, "py_func", None), Puzzle) for value in vars(module).values()):
        raise LoadError(f"In {path.name} the decorators are the wrong way round: @puzzle(...) stands above @cuda.jit.")
    spec = _expected_spec(path)
    kind = "class" if isinstance(spec, FunctionSpec) and spec.methods_of else "function"
    raise LoadError(f"{path.name} has no {kind} that is marked as a puzzle. It should hold:\n{_skeleton(path)}")


def _file_of(puzzle: Puzzle) -> str:
    code = getattr(puzzle.function, "__code__", None)
    if code:
        return str(code.co_filename)
    module = sys.modules.get(getattr(puzzle.function, "__module__", ""))  # of a class
    return getattr(module, "__file__", None) or ""


def must_fit(puzzles: list[Puzzle], source: str, path: Path) -> None:
    """Raise LoadError unless this can be an answer to the puzzle that the file is for."""
    puzzle, named = puzzles[0], puzzle_file(path)
    if named and is_known(named) and named.number != puzzle.number:
        raise LoadError(
            f'{path.name} is the file of {named.title}, but its decorator says @puzzle("{puzzle.name}"). '
            f'Make it @puzzle("{named.name}").'
        )
    functions = [each for each in puzzles if isinstance(each, FunctionPuzzle)]
    asked = functions[0].spec.methods_of if functions else None
    if asked:
        complaint = class_file.complaint(functions, asked, source, path.name)
    else:
        complaint = function_file.complaint(functions, source, path.name)
    if complaint:
        raise LoadError(complaint)
    if isinstance(puzzle, KernelPuzzle):
        _kernel_must_fit(puzzle, path)


def _kernel_must_fit(puzzle: KernelPuzzle, path: Path) -> None:
    """Raise LoadError unless the function can be a kernel, or make one, with the parameters that it should have."""
    function = puzzle.function
    if not isinstance(function, FunctionType):
        marks = "@puzzle must" if puzzle.spec.makes_kernel else "@puzzle and @cuda.jit must"
        raise LoadError(f"In {path.name}, {marks} stand above a function.")
    where = f"{path.name}:{function.__code__.co_firstlineno}"
    if puzzle.spec.makes_kernel:
        _must_make_a_kernel(puzzle, where)
    else:
        _must_be_kernel(puzzle.kernel, where)
    expected = puzzle.spec.parameters
    given = inspect.signature(function, follow_wrapped=False).parameters
    ordinary = all(each.kind is each.POSITIONAL_OR_KEYWORD for each in given.values())
    if tuple(given) != expected or not ordinary:
        raise LoadError(
            f"{where}: the parameters of {puzzle.name} must be ({', '.join(expected)}), in this order; "
            f"yours are ({', '.join(map(str, given.values()))})."
        )


def _must_be_kernel(kernel: Any, where: str) -> None:
    if isinstance(kernel, FunctionType):
        raise LoadError(f"{where}: @cuda.jit is missing. It stands between @puzzle(...) and the function.")
    options = getattr(kernel, "targetoptions", {})
    if options.get("device") or getattr(kernel, "_device", False):
        raise LoadError(f"{where}: a kernel is wanted, not a device function. Write @cuda.jit without device=True.")
    if type(kernel).__name__ == "CPUDispatcher":
        raise LoadError(f"{where}: @njit compiles for the processor. A kernel needs @cuda.jit in its place.")


def _must_make_a_kernel(puzzle: KernelPuzzle, where: str) -> None:
    if isinstance(puzzle.kernel, FunctionType):
        return
    decorator = _DECORATORS[puzzle.spec.target]
    raise LoadError(
        f"{where}: {puzzle.name} is a plain function that makes a kernel, so nothing stands between "
        f'@puzzle("{puzzle.name}") and it. {decorator} stands above the kernel inside it.'
    )


def is_known(named: PuzzleFile) -> bool:
    return checks.spec_for(named) is not None


def expected_name(path: Path) -> str:
    named = puzzle_file(path)
    return named.name if named else "blocks"


def _expected_spec(path: Path) -> Spec | None:
    named = puzzle_file(path)
    return checks.spec_of(named.name) if named and is_known(named) else None


def _skeleton(path: Path) -> str:
    """What a puzzle file must hold, with the signature where the file's name tells which."""
    name, spec = expected_name(path), _expected_spec(path)
    if isinstance(spec, FunctionSpec):
        asked = spec.methods_of
        return indented(class_file.skeleton(spec, asked) if asked else function_file.skeleton(spec))
    if spec is not None and spec.makes_kernel:
        inner = f"{_DECORATORS[spec.target]}\ndef kernel({', '.join(spec.signature)}):\n    ...\nreturn kernel"
        return indented(f'@puzzle("{name}")\ndef {name}({", ".join(spec.parameters)}):\n{indented(inner)}')
    parameters = ", ".join(spec.parameters) if spec is not None else "..."
    return indented(f'@puzzle("{name}")\n@cuda.jit\ndef {name}({parameters}):')
