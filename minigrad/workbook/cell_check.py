"""The verdict on an answer that stands in a notebook: the same that it would get as a file, and no traceback.

The answer is run again as a module of its own, made of what it needs (``cells``), so that what other cells have done to
a name since does not count. It has to fit its puzzle as a file has to, and what it prints is kept within bounds.
"""

from __future__ import annotations

import sys
import warnings
from functools import partial
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from minigrad.workbook.cells import PIECES, YOUR_CELL, Piece, is_cell, pieces_of, the_shell
from minigrad.workbook.fit import LoadError, must_fit
from minigrad.workbook.found import keep, recall
from minigrad.workbook.printed import caught
from minigrad.workbook.puzzle import ClassPuzzle, FunctionPuzzle, KernelPuzzle, Puzzle, puzzle_of
from minigrad.workbook.raised import line_reached
from minigrad.workbook.verdict import Verdict
from minigrad.workbook.watchdog import runs_within

SECONDS = 10.0
"""How long it may take to run the answer's cells again."""


def stands_in_a_cell(puzzle: Puzzle) -> bool:
    """Whether the answer was typed into a notebook."""
    functions = functions_of(puzzle)
    if not functions and isinstance(puzzle, ClassPuzzle):  # a class without any of its methods
        return puzzle.kernel.__module__ == "__main__" and the_shell() is not None
    return any(is_cell(each.__code__.co_filename) for each in functions)


def check(puzzle: Puzzle) -> Verdict:
    """The verdict on an answer in a notebook. What the answer prints is printed in short."""
    from minigrad.workbook import engine

    with caught() as printed, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            answer = as_a_file(puzzle)
            verdict = engine.check(answer)
            _hand_over(answer, puzzle)
        except LoadError as error:
            verdict = Verdict(puzzle.name, puzzle.number, "error", message=str(error))
        except SystemExit:
            message = f"The code in {YOUR_CELL} left the program (sys.exit). Remove that line."
            verdict = Verdict(puzzle.name, puzzle.number, "error", message=message)
    if printed.text:
        print(f"it printed:\n{printed.text}\n")
    return verdict


def as_a_file(puzzle: Puzzle) -> Puzzle:
    """The same answer, loaded as if it stood in a file of its own. Raises :class:`LoadError`."""
    try:
        parts = parts_of(puzzle)
    except OSError:
        return puzzle  # then it can be judged only as it is
    module = ModuleType(f"_minigrad_cell_{puzzle.name}")
    module.__file__ = parts[-1].file
    vars(module)[PIECES] = parts
    sys.modules[module.__name__] = module
    for part in parts:
        _run(part, module)
    found = {id(value): marked for value in vars(module).values() if (marked := puzzle_of(value))}
    answers = [each for each in found.values() if each.spec is puzzle.spec]
    if not answers:
        raise LoadError(f'{YOUR_CELL} has nothing that is marked with @puzzle("{puzzle.name}").')
    must_fit(answers, "\n".join(part.text for part in parts), Path(YOUR_CELL))
    return answers[0]


def as_it_is_checked(puzzle: Puzzle) -> Puzzle:
    """The answer that a check judges, with what the last one has found: what is to be shown."""
    if not stands_in_a_cell(puzzle):
        return puzzle
    with caught():
        try:
            answer = as_a_file(puzzle)
        except (LoadError, SystemExit):
            return puzzle
    _hand_over(puzzle, answer)
    return answer


def parts_of(puzzle: Puzzle) -> tuple[Piece, ...]:
    """What has to be run to have the answer, constants that it is run with included. Raises OSError."""
    names: list[str] = []
    if isinstance(puzzle, ClassPuzzle):
        names.append(puzzle.kernel.__name__)
    if isinstance(puzzle, KernelPuzzle):
        names += (puzzle.spec.constants or ({},))[0]
    return pieces_of(functions_of(puzzle), names)


def functions_of(puzzle: Puzzle) -> list[FunctionType]:
    """The functions that make up the answer. Those of a plain puzzle may stand in several cells."""
    given: list[Any] = [puzzle.function]
    if isinstance(puzzle, FunctionPuzzle):
        given += [each.function for each in puzzle.functions.values() if each.function is not puzzle.function]
    return [each for each in given if isinstance(each, FunctionType)]


def _run(part: Piece, module: ModuleType) -> None:
    try:
        code = compile(part.text, part.file, "exec", dont_inherit=True)
        if runs_within(SECONDS, partial(exec, code, vars(module))):
            return
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        line = line_reached(error, part.file)
        words = " ".join(str(error).split())[:300]
        where = f"{YOUR_CELL}:{line}" if line else YOUR_CELL
        raise LoadError(f"{where} raised {type(error).__name__} when it was run by itself ({words}).") from error
    raise LoadError(f"{YOUR_CELL} was still running after {SECONDS:g} seconds when it was run by itself.")


def _hand_over(known: Puzzle, other: Puzzle) -> None:
    """Let another object of the same answer know what was found, so that ``show`` begins with it."""
    pairs: list[tuple[Puzzle, Puzzle]] = [(known, other)]
    if isinstance(known, FunctionPuzzle) and isinstance(other, FunctionPuzzle):
        functions = other.functions
        pairs = [(each, functions[name]) for name, each in known.functions.items() if name in functions]
    for one, same in pairs:
        found = recall(one)
        if found is not None:
            keep(same, found.case, is_wrong=found.is_wrong, hangs=found.hangs)
