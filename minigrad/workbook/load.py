"""A puzzle file becomes a puzzle, or a paragraph that says why it cannot.

Nothing is judged here. A file is imported by its path, whatever folder it stands in and however often it has
changed since; nothing of pytest's or Python's import system remembers it. Whatever the file does while it is
imported (print, exit, never end, fail) ends in a :class:`LoadError` that a learner can act on. ``engine``
judges what comes out.
"""

from __future__ import annotations

import hashlib
import inspect
import io
import linecache
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

from minigrad.workbook import checks, class_file, function_file
from minigrad.workbook.printed import caught
from minigrad.workbook.puzzle import FunctionPuzzle, KernelPuzzle, Puzzle, puzzle_of
from minigrad.workbook.raised import line_reached
from minigrad.workbook.spec import FunctionSpec, Spec
from minigrad.workbook.tree import PuzzleFile, puzzle_file
from minigrad.workbook.untouched import is_untouched
from minigrad.workbook.verdict import Verdict
from minigrad.workbook.watchdog import runs_within

__all__ = ["LoadError", "is_untouched", "load", "unusable"]

IMPORT_SECONDS = 10.0
"""How long a puzzle file may take to import."""

_DECORATORS = {"cuda": "@cuda.jit", "cpu": "@njit(parallel=True)"}
"""What makes a kernel of a function, for each target."""


class LoadError(Exception):
    """A puzzle file cannot be used. The message, one paragraph, says why and what to do about it."""


def load(path: str | os.PathLike[str]) -> Puzzle:
    """Import a puzzle file and return its puzzle; of one that asks for several functions, the first of them.

    Raises :class:`LoadError` if there is no such file, it cannot be imported, or it does not hold exactly what can be
    the answer to one puzzle. KeyboardInterrupt is passed on.
    """
    path = Path(os.path.abspath(path))
    source = _read(path)
    code = _compile(source, path)
    _prepare_numba(path)
    module = _run(code, source, path)
    try:
        puzzles = _of_one_puzzle(module, path)
        _must_fit(puzzles, source, path)
    except LoadError:
        sys.modules.pop(module.__name__, None)
        raise
    return puzzles[0]


def unusable(path: str | os.PathLike[str], reason: str | LoadError) -> Verdict:
    """The verdict on a file that cannot be used."""
    path = Path(path)
    named = puzzle_file(path)
    name, number = (named.name, named.number) if named else (path.stem, None)
    return Verdict(name, number, "error", message=str(reason), path=path)


# From bytes to code


def _read(path: Path) -> str:
    if not path.exists():
        raise LoadError(f"There is no file {path.name} in {path.parent}.")
    if not path.is_file():
        raise LoadError(f"{path} is not a file.")
    try:
        given = path.read_bytes()
    except OSError as error:
        raise LoadError(f"{path.name} cannot be read: {error.strerror or error}.") from None
    try:
        return given.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = given.count(b"\n", 0, error.start) + 1
        raise LoadError(
            f"{path.name} is not UTF-8 text (line {line} holds the byte 0x{given[error.start]:02x}). "
            "Save it as UTF-8 in your editor."
        ) from None


def _compile(source: str, path: Path) -> CodeType:
    try:
        return compile(source, str(path), "exec", dont_inherit=True)
    except SyntaxError as error:
        raise LoadError(_syntax_error(error, path)) from None
    except (ValueError, RecursionError, MemoryError) as error:  # null bytes, or nested too deeply
        raise LoadError(f"Python cannot read {path.name}: {_what(error)}.") from None


def _syntax_error(error: SyntaxError, path: Path) -> str:
    where = f"{path.name}:{error.lineno}" if error.lineno else path.name
    message = f"{where} has a syntax error: {error.msg}."
    text = (error.text or "").rstrip()
    if not text.strip():
        return message
    message += f"\n    {text.lstrip()}"
    if error.offset:
        indent = len(text) - len(text.lstrip())
        message += "\n    " + " " * max(0, min(error.offset - 1 - indent, len(text))) + "^"
    return message


# From code to a module


def _prepare_numba(path: Path) -> None:
    """Let numba be imported the right way round; what was imported the wrong way round is for the numba check
    to say.
    """
    from minigrad.workbook.numba_simulator import SetupError, prepare

    try:
        prepare()
    except SetupError as error:
        if "numba.cuda" not in sys.modules:
            raise LoadError(f"{path.name} needs numba.cuda. {error}") from None


def _run(code: CodeType, source: str, path: Path) -> ModuleType:
    """Execute a file's code as a module. It stays in ``sys.modules`` until the file is loaded again."""
    module = ModuleType(_module_name(path))
    module.__file__ = str(path)
    sys.modules[module.__name__] = module
    # Without a time of change, linecache keeps these lines for as long as this code is in use.
    lines = io.StringIO(source, newline=None).readlines()
    linecache.cache[str(path)] = (len(source), None, lines, str(path))
    try:
        with caught() as printed:
            ended = _execute(code, module, path)
    except BaseException:
        sys.modules.pop(module.__name__, None)
        raise
    if isinstance(ended, str):
        sys.modules.pop(module.__name__, None)
        before = f" It printed first:\n{_indented(printed.text)}" if printed.text else ""
        raise LoadError(ended + before)
    if printed.text:
        print(printed.text)
    return module


def _execute(code: CodeType, module: ModuleType, path: Path) -> str | None:
    """Run a module's code; a sentence if that did not go well."""
    try:
        if not runs_within(IMPORT_SECONDS, lambda: exec(code, module.__dict__)):
            return (
                f"{path.name} was still running after {IMPORT_SECONDS:g} seconds when it was imported. "
                "Look for a loop outside the function, or for something that waits."
            )
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        return _why_import_failed(error, path)
    return None


def _module_name(path: Path) -> str:
    """A name of its own for every file, the same each time, so that loading again replaces what was there."""
    return f"_minigrad_{path.stem}_{hashlib.sha1(os.fsencode(path)).hexdigest()[:12]}"


def _why_import_failed(error: BaseException, path: Path) -> str:
    line = line_reached(error, str(path))
    where = f"{path.name}:{line}" if line else path.name
    if _raised_by(error, checks.spec_of):
        if isinstance(error, KeyError):
            return f"{where}: {error.args[0]}."
        return f'{where}: @puzzle needs the puzzle\'s name: @puzzle("{_expected_name(path)}").'
    if isinstance(error, SystemExit):
        return f"{where} left the program (sys.exit) while the file was imported. Remove that line."
    if isinstance(error, ModuleNotFoundError) and error.name:
        return (
            f"{where} imports {error.name}, which is not installed here. "
            "A puzzle file stands alone: it cannot import files beside it."
        )
    if isinstance(error, ImportError):
        return f"{where} has an import that fails: {_what(error, with_kind=False)}."
    if isinstance(error, SyntaxError) and error.filename != str(path):
        return f"{where} imports a file with a syntax error: {_what(error, with_kind=False)}."
    return f"{where} raised an exception when the file was imported: {_what(error)}."


def _raised_by(error: BaseException, function: Callable[..., Any]) -> bool:
    """Whether the exception was raised in that function or in something it called."""
    traceback = error.__traceback__
    while traceback:
        if traceback.tb_frame.f_code is function.__code__:
            return isinstance(error, (KeyError, TypeError))
        traceback = traceback.tb_next
    return False


def _what(error: BaseException, with_kind: bool = True) -> str:
    """An exception's own words, short and on one line, however many it has."""
    try:
        words = " ".join(str(error).split())
    except Exception:  # its __str__ is the learner's code too
        words = ""
    words = words.rstrip(".") if len(words) <= 300 else f"{words[:300]} (and so on)"
    kind = type(error).__name__
    return f"{kind}: {words}" if words and with_kind else words or kind


# From a module to a puzzle


def _of_one_puzzle(module: ModuleType, path: Path) -> list[Puzzle]:
    """What a module defines for its one puzzle: a kernel, a class, or one function or several; what it imported counts
    only if it defines nothing itself.
    """
    found = {id(value): marked for value in vars(module).values() if (marked := puzzle_of(value))}
    own = [each for each in found.values() if _file_of(each) == str(path)]
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


def _must_fit(puzzles: list[Puzzle], source: str, path: Path) -> None:
    """Raise LoadError unless this can be an answer to the puzzle that the file is for."""
    puzzle, named = puzzles[0], puzzle_file(path)
    if named and _is_known(named) and named.number != puzzle.number:
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


def _is_known(named: PuzzleFile) -> bool:
    return checks.spec_for(named) is not None


def _expected_name(path: Path) -> str:
    named = puzzle_file(path)
    return named.name if named else "blocks"


def _expected_spec(path: Path) -> Spec | None:
    named = puzzle_file(path)
    return checks.spec_of(named.name) if named and _is_known(named) else None


def _skeleton(path: Path) -> str:
    """What a puzzle file must hold, with the signature where the file's name tells which."""
    name, spec = _expected_name(path), _expected_spec(path)
    if isinstance(spec, FunctionSpec):
        asked = spec.methods_of
        return _indented(class_file.skeleton(spec, asked) if asked else function_file.skeleton(spec))
    if spec is not None and spec.makes_kernel:
        inner = f"{_DECORATORS[spec.target]}\ndef kernel({', '.join(spec.signature)}):\n    ...\nreturn kernel"
        return _indented(f'@puzzle("{name}")\ndef {name}({", ".join(spec.parameters)}):\n{_indented(inner)}')
    parameters = ", ".join(spec.parameters) if spec is not None else "..."
    return _indented(f'@puzzle("{name}")\n@cuda.jit\ndef {name}({parameters}):')


def _indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))
