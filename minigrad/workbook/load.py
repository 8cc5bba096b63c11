"""A puzzle file becomes a puzzle, or a paragraph that says why it cannot.

Nothing is judged here. A file is imported by its path, whatever folder it stands in and however often it has
changed since; nothing of pytest's or Python's import system remembers it. Whatever the file does while it is
imported (print, exit, never end, fail) ends in a :class:`LoadError` that a learner can act on. ``engine``
judges what comes out.
"""

from __future__ import annotations

import hashlib
import io
import linecache
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from minigrad.workbook import checks
from minigrad.workbook.fit import LoadError, expected_name, must_fit, of_one_puzzle
from minigrad.workbook.function_file import indented
from minigrad.workbook.printed import caught
from minigrad.workbook.puzzle import Puzzle
from minigrad.workbook.raised import line_reached
from minigrad.workbook.tree import puzzle_file
from minigrad.workbook.untouched import is_untouched
from minigrad.workbook.verdict import Verdict
from minigrad.workbook.watchdog import runs_within

__all__ = ["LoadError", "is_untouched", "load", "unusable"]

IMPORT_SECONDS = 10.0
"""How long a puzzle file may take to import."""


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
        puzzles = of_one_puzzle(module, path, [str(path)])
        must_fit(puzzles, source, path)
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
        before = f" It printed first:\n{indented(printed.text)}" if printed.text else ""
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
        return f'{where}: @puzzle needs the puzzle\'s name: @puzzle("{expected_name(path)}").'
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
