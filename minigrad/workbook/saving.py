"""A notebook's answers as puzzle files, and back: what was solved in a browser's tab survives the tab.

``save`` writes the files that ``minigrad init`` makes, with the learner's cells put in, so that ``minigrad check`` and
pytest judge them too. ``restore`` makes them answers in the notebook again.
"""

from __future__ import annotations

import ast
import linecache
import os
import re
import sys
from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from minigrad.workbook.bundled import bundled
from minigrad.workbook.cell_check import functions_of, parts_of, stands_in_a_cell
from minigrad.workbook.cells import Piece, the_shell
from minigrad.workbook.checks import all_specs, spec_for, spec_of
from minigrad.workbook.display import answers
from minigrad.workbook.fit import LoadError
from minigrad.workbook.function_file import listed
from minigrad.workbook.puzzle import ClassPuzzle, FunctionPuzzle, Puzzle, puzzle_of, typed_answers
from minigrad.workbook.spec import Spec
from minigrad.workbook.tree import PUZZLES, nearby, puzzle_files
from minigrad.workbook.untouched import is_untouched, text_is_untouched

Names = MutableMapping[str, Any]


@dataclass
class Report:
    """What was done, in lines to read."""

    lines: list[str] = field(default_factory=list)

    def __repr__(self) -> str:
        return "\n".join(self.lines)


_saved: dict[Path, str] = {}  # what we have written ourselves is nobody's edit


# From cells to files


def save(folder: str | os.PathLike[str] = ".") -> Report:
    """Write the notebook's answers as puzzle files below ``folder``, in ``puzzles/part1_map`` and so on.

    Untouched stubs are left out. A file that is there and was edited elsewhere is kept as a copy, with a number behind
    its name.
    """
    root, saved, remarks = Path(folder) / PUZZLES, [], []
    for spec, answer in _answers():
        if is_stub(answer):
            continue
        try:
            copy = _write(root / spec.part / spec.file_name, file_text(spec, answer), spec)
        except OSError as error:
            remarks.append(f"{spec.file_name} could not be written: {error.strerror or error}.")
            continue
        saved.append(spec.number)
        if copy:
            remarks.append(f"{spec.file_name} had been edited elsewhere: what was there is kept in {copy.name}.")
    if not saved:
        return Report([*remarks, "No answer was saved: nothing has been started in this notebook."])
    return Report([f"Saved in {nearby(root)}: {_puzzles(saved)}.", *remarks])


def _puzzles(numbers: Sequence[int]) -> str:
    """``puzzles 1 to 4 and 6``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = [f"{run[0]} to {run[-1]}" if len(run) > 2 else listed(run) for run in runs]
    return f"puzzle{'s' if len(numbers) > 1 else ''} {listed(told)}"


def _names() -> Names:
    """The notebook's names."""
    shell = the_shell()
    names: Names = shell.user_ns if shell else vars(sys.modules["__main__"])
    return names


def _answers() -> Iterator[tuple[Spec, Puzzle]]:
    """The answers that were typed into the notebook, by number; of each puzzle the last."""
    for spec in all_specs():
        typed = [each for each in typed_answers(spec) if stands_in_a_cell(each)]
        if typed:
            yield spec, typed[-1]


def is_stub(answer: Puzzle) -> bool:
    """Whether nothing has been written yet, in none of a puzzle's functions."""
    if isinstance(answer, FunctionPuzzle) and not isinstance(answer, ClassPuzzle):
        return all(map(is_untouched, answer.functions.values()))
    return is_untouched(answer)


def file_text(spec: Spec, answer: Puzzle) -> str:
    """A puzzle's file with the notebook's answer in it. Raises OSError if the answer's source is gone."""
    delivered = (bundled(PUZZLES) / spec.part / spec.file_name).read_text(encoding="utf-8")
    statement = "".join(delivered.splitlines(keepends=True)[: ast.parse(delivered).body[0].end_lineno])
    own = {function.__code__.co_filename for function in functions_of(answer)}
    code = [_with_comments(part) if part.file in own else _as_helper(part) for part in parts_of(answer)]
    text = "\n\n\n".join([statement.rstrip("\n"), *(each.strip("\n") for each in code if each.strip())]) + "\n"
    return re.sub(r"\n{4,}", "\n\n\n", text.replace('"""\n\n\n', '"""\n\n', 1))


def _with_comments(part: Piece) -> str:
    """A cell's text without what the answer does not need: a trial launch, the check itself. Imports stay."""
    text = "".join(linecache.getlines(part.file))
    needed = part.text.split("\n")
    dropped: set[int] = set()
    for statement in ast.parse(text).body:
        lines = range(_first_line(statement) - 1, statement.end_lineno or 0)
        is_needed = any(number < len(needed) and needed[number].strip() for number in lines)
        if not is_needed and not isinstance(statement, ast.Import | ast.ImportFrom):
            dropped |= set(lines)
    return "\n".join(line for number, line in enumerate(text.split("\n")) if number not in dropped)


def _as_helper(part: Piece) -> str:
    """What another cell has to give, without its blank lines. If it answers a puzzle there, it does not here."""
    tree = ast.parse(part.text)
    marks = {
        line
        for statement in tree.body
        for mark in getattr(statement, "decorator_list", [])
        if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Name) and mark.func.id == "puzzle"
        for line in range(mark.lineno - 1, mark.end_lineno or 0)
    }
    lines = [line for number, line in enumerate(part.text.split("\n")) if number not in marks]
    return re.sub(r"\n{4,}", "\n\n\n", "\n".join(lines))


def _first_line(statement: ast.stmt) -> int:
    marks: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(mark.lineno for mark in marks)])


def _write(path: Path, text: str, spec: Spec) -> Path | None:
    """Write one file. Where that replaces somebody's edit, the edit is kept: in the file that is returned."""
    copy = None
    if path.exists():
        there = path.read_text(encoding="utf-8", errors="replace")
        if there != text and _saved.get(path.resolve()) != there and not text_is_untouched(there, spec):
            copy = _free_name(path)
            os.replace(path, copy)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    unfinished.write_text(text, encoding="utf-8", newline="\n")
    os.replace(unfinished, path)
    _saved[path.resolve()] = text
    return copy


def _free_name(path: Path) -> Path:
    number = 1
    while (copy := path.with_name(f"{path.name}.{number}")).exists():
        number += 1
    return copy


# From files to the notebook


def restore(which: str | int | None = None, folder: str | os.PathLike[str] = ".") -> Report:
    """Make the answers that were saved below ``folder`` the notebook's own.

    ``which`` is a part, such as ``"part1"``; or a puzzle (``"blocks"``, 3), whose file is then put into a new cell as
    well, to be gone on with. Without it, all are restored. An answer that was begun in the notebook stays.
    """
    from minigrad.workbook.load import load

    names, root = _names(), Path(folder) / PUZZLES
    part, wanted = _meant(which)
    begun = {spec.number for spec, answer in _answers() if not is_stub(answer)}
    restored, kept, remarks = [], [], []
    for file in puzzle_files(root):
        spec = spec_for(file)
        if spec is None or (wanted and spec is not wanted) or (part and not spec.part.startswith(f"{part}_")):
            continue
        text = file.path.read_text(encoding="utf-8", errors="replace")
        if text_is_untouched(text, spec):
            continue
        if spec.number in begun and not wanted:
            kept.append(spec.number)
            continue
        try:
            answer = load(file.path)
        except LoadError as error:
            remarks.append(f"{file.title} was not restored. {error}")
            continue
        names.update(_named(spec, answer))
        restored.append(spec.number)
        if wanted:
            _put_into_a_cell(text)
    if kept:
        remarks.append(f"Left as they are, because they have been begun here: {_puzzles(kept)}.")
    if restored:
        number = restored[0]
        again = [] if wanted else [f"restore({number}) puts the answer to puzzle {number} into a new cell as well."]
        return Report([f"Restored: {_puzzles(restored)}.", *remarks, *again])
    return Report(remarks or [f"No such answers are saved in {nearby(root)}."])


def _meant(which: str | int | None) -> tuple[str, Spec | None]:
    """The part or the puzzle that is asked for. Raises KeyError, naming the nearest, if there is none."""
    if which is None:
        return "", None
    part = re.match(r"part\d+", str(which))
    return (part[0], None) if part else ("", spec_of(str(which)))


def _named(spec: Spec, answer: Puzzle) -> dict[str, Any]:
    """What a loaded answer is called, with what is so called."""
    home = sys.modules[answer.kernel.__module__] if isinstance(answer, ClassPuzzle) else None
    around = vars(home) if home else answer.function.__globals__
    found = [value for value in around.values() if (each := puzzle_of(value)) is not None and each.spec is spec]
    alone = answers(spec)[:1] if len(found) == 1 else ()
    return dict(zip(alone, found, strict=False)) or {puzzle_name(value): value for value in found}


def puzzle_name(value: Any) -> str:
    """What the function in an answer is called."""
    return str(getattr(value, "function", value).__name__)


def _put_into_a_cell(text: str) -> None:
    """Offer a file's code, without its statement, as the next cell."""
    shell = the_shell()
    if shell:
        first = ast.parse(text).body[0]
        lines = text.splitlines(keepends=True)
        is_statement = isinstance(first, ast.Expr)
        shell.set_next_input("".join(lines[first.end_lineno if is_statement else 0 :]).strip())
