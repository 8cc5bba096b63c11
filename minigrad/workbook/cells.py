"""A notebook's cell as the file that it would be: what an answer needs, taken from the cells that define it.

A file stands alone; a cell does not. It may use an import, a constant or a function of another cell, and it may hold
much besides the answer: a trial launch, a plot, the check itself. So an answer is taken apart into *pieces* that can be
run by themselves, here and in another process: the statements of its own cell that it needs, at the lines where they
stand, and before them those of other cells. The last cell that was run counts. A file is one piece, the whole of it.
"""

from __future__ import annotations

import ast
import builtins
import inspect
import linecache
import os
import symtable
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from types import FunctionType, ModuleType
from typing import Any, NamedTuple

from minigrad.workbook.puzzle import puzzle_of

YOUR_CELL = "your cell"
"""What a cell is called where a file would have its name."""

PIECES = "__minigrad_pieces__"
"""The name in a module that keeps what it was made of, if it was made of pieces."""

_WELL_KNOWN = ("numba", "numba.cuda", "numpy", "math", "minigrad", "minigrad.workbook")
"""Modules in which a value is looked for that came from no cell."""


_MISSING: Any = object()


class Piece(NamedTuple):
    """Source to run, and the name of the file or cell that it stands in. Lines that are left out are empty."""

    text: str
    file: str


def is_cell(file: str) -> bool:
    """Whether code with this file name was typed into a notebook or a prompt.

    A debugger of Jupyter's writes cells to files, in a folder of its own.
    """
    if file.startswith("<") or os.path.basename(os.path.dirname(file)).startswith("ipykernel_"):
        return True
    return file in linecache.cache and not os.path.isfile(file)


def the_shell() -> Any:
    """IPython's, if this is a notebook or a prompt of IPython's; else None."""
    get_ipython = getattr(sys.modules.get("IPython"), "get_ipython", None)
    return get_ipython() if get_ipython else None


def called(file: str) -> str:
    """What a learner calls the file or the cell.

    >>> called("<ipython-input-3-0123456789ab>")
    'your cell'
    """
    return YOUR_CELL if is_cell(file) else os.path.basename(file)


def pieces(function: Callable[..., Any]) -> tuple[Piece, ...]:
    """What has to be run, in this order, to have the function. Raises OSError if its source is gone."""
    names = getattr(function, "__globals__", {})
    if PIECES in names:
        made: tuple[Piece, ...] = names[PIECES]
        return made
    lines, _ = inspect.findsource(function)
    file = function.__code__.co_filename
    return pieces_of([function]) if is_cell(file) else (Piece("".join(lines), file),)


def pieces_of(functions: Iterable[Callable[..., Any]], names: Iterable[str] = ()) -> tuple[Piece, ...]:
    """The same for several functions of one notebook, and for names in it that are to be there too. Raises OSError."""
    given = [each for each in functions if isinstance(each, FunctionType)]
    needed = _Needed(given[0].__globals__ if given else vars(sys.modules["__main__"]))
    for function in given:
        needed.take_function(function)
    for name in names:
        needed.take_name(name)
    found = needed.pieces()
    if not found:
        raise OSError("there is no source")
    return found


class _Cell:
    """The text of one cell, and which of its statements are needed."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        self.statements, self.named = _statements(text)
        self.needed: set[int] = set()

    def defining(self, name: str) -> list[int]:
        """The statements that give a value to this name."""
        return [place for place, names in enumerate(self.named) if name in names]

    def at_line(self, line: int) -> list[int]:
        """The statement that this line belongs to."""
        return [
            place
            for place, statement in enumerate(self.statements)
            if _first_line(statement) <= line <= (statement.end_lineno or 0)
        ]

    def piece(self) -> Piece:
        """What is needed of it, where it stands."""
        return Piece(_only(self.text, [self.statements[place] for place in sorted(self.needed)]), self.file)


class _Needed:
    """The statements that an answer needs, found by following the names in them."""

    def __init__(self, namespace: Mapping[str, Any]) -> None:
        self._namespace = namespace
        self._history = _history()
        self._cells: dict[str, _Cell] = {}
        self._before: dict[str, dict[str, None]] = {}  # by file: the files that have to come first
        self._values: dict[str, str] = {}

    def take_function(self, function: FunctionType) -> None:
        """The statement that a function stands in, and all that it needs. Raises OSError."""
        cell = self._cell(function.__code__.co_filename)
        places = cell.at_line(function.__code__.co_firstlineno) if cell else []
        if cell is None or not places:
            raise OSError(f"there is no source of {function.__name__}")
        self._take(cell, places)

    def take_name(self, name: str) -> None:
        """What gives a value to a name, and all that it needs."""
        known = (*self._cells.values(), *self._history)
        cell = next((each for each in known if each.defining(name)), None)
        if cell:
            self._take(cell, cell.defining(name))

    def pieces(self) -> tuple[Piece, ...]:
        """What was taken, in an order in which it can be run."""
        values = "".join(f"{statement}\n" for statement in self._values.values())
        ordered: dict[str, None] = {}
        for file in self._cells:
            self._put(file, ordered, set())
        found = [self._cells[file].piece() for file in ordered if self._cells[file].needed]
        return (*([Piece(values, "<notebook>")] if values else []), *found)

    def _put(self, file: str, ordered: dict[str, None], on_the_way: set[str]) -> None:
        if file in ordered or file in on_the_way:
            return
        for earlier in self._before.get(file, ()):
            self._put(earlier, ordered, on_the_way | {file})
        ordered[file] = None

    def _take(self, cell: _Cell, places: Iterable[int], for_file: str = "") -> None:
        self._cells.setdefault(cell.file, cell)
        if for_file:
            self._before.setdefault(for_file, {})[cell.file] = None
        for place in places:
            if place not in cell.needed:
                cell.needed.add(place)
                for name in sorted(_used(cell.statements[place])):
                    self._resolve(name, cell)

    def _resolve(self, name: str, cell: _Cell) -> None:
        if places := cell.defining(name):
            return self._take(cell, places)
        value = self._namespace.get(name, _MISSING)
        answer = puzzle_of(value)
        if value is _MISSING or (answer and hasattr(builtins, name)):
            return None  # a builtin, whatever puzzle is called the same; or whoever runs it will say that it is missing
        function = answer.function if answer else getattr(value, "py_func", value)
        if isinstance(function, FunctionType) and is_cell(function.__code__.co_filename):
            own = self._cell(function.__code__.co_filename)
            if own and (places := own.at_line(function.__code__.co_firstlineno)):
                return self._take(own, places, cell.file)
        for other in self._history:
            if places := other.defining(name):
                return self._take(other, places, cell.file)
        if statement := _as_statement(name, value):
            self._values[name] = statement
        return None

    def _cell(self, file: str) -> _Cell | None:
        if file in self._cells:
            return self._cells[file]
        known = next((cell for cell in self._history if cell.file == file), None)
        text = "".join(linecache.getlines(file))
        return known or (_Cell(text, file) if text else None)


@lru_cache(maxsize=1000)
def _statements(text: str) -> tuple[list[ast.stmt], list[set[str]]]:
    """The statements of a cell, and the names that each gives a value to."""
    try:
        statements = ast.parse(text).body
    except (SyntaxError, ValueError):
        statements = []
    return statements, [set(_bound(statement)) for statement in statements]


def _history() -> list[_Cell]:
    """The cells that were run, the last one first, each once."""
    shell = the_shell()
    inputs = [text for text in (shell.user_ns.get("In", []) if shell else []) if isinstance(text, str)]
    files = {"".join(entry[2]).strip(): file for file, entry in _remembered().items()}
    cells: dict[str, _Cell] = {}
    for text in reversed(inputs):
        stripped = text.strip()
        if stripped and stripped not in cells:
            file = files.get(stripped, f"<cell {len(cells)}>")
            cells[stripped] = _Cell(text, file)
    return list(cells.values())


def _remembered() -> dict[str, Any]:
    """What linecache knows of cells."""
    return {file: entry for file, entry in list(linecache.cache.items()) if len(entry) == 4 and is_cell(file)}


# Statements


def _first_line(statement: ast.stmt) -> int:
    marks: list[ast.expr] = getattr(statement, "decorator_list", [])
    return min([statement.lineno, *(mark.lineno for mark in marks)])


def _bound(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement of a cell gives a value to."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        yield statement.name
        return
    if isinstance(statement, ast.Expr):
        return  # a call, a magic: run for what it shows
    for node in ast.walk(statement):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (each.asname or each.name.partition(".")[0] for each in node.names)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name


def _used(statement: ast.stmt) -> set[str]:
    """The names of its module that a statement reads."""
    try:
        table = symtable.symtable(ast.unparse(statement), "cell", "exec")
    except (SyntaxError, ValueError):
        return set()
    waiting, names = [(table, True)], set()
    while waiting:
        each, is_top = waiting.pop()
        for symbol in each.get_symbols():
            if symbol.is_referenced() and (is_top or symbol.is_global()):
                names.add(symbol.get_name())
        waiting += [(child, False) for child in each.get_children()]
    return names


def _only(text: str, statements: Iterable[ast.stmt]) -> str:
    """The text with nothing but these statements, each at the line where it stands."""
    lines = [line.encode() for line in text.split("\n")]
    kept = [b""] * len(lines)
    for statement in statements:
        first, last = _first_line(statement) - 1, (statement.end_lineno or 0) - 1
        for number in range(first, last + 1):
            begin = statement.col_offset if number == statement.lineno - 1 else 0
            part = lines[number][begin : statement.end_col_offset if number == last else None]
            kept[number] = kept[number] + b"; " + part if kept[number] else part
    return "\n".join(line.decode() for line in kept).rstrip() + "\n"


def _as_statement(name: str, value: Any) -> str:
    """A statement that gives this value to the name; "" if there is none."""
    if value is None or isinstance(value, bool | int | float | str):
        return f"{name} = {value!r}"
    for home in _WELL_KNOWN:
        module = sys.modules.get(home)
        for known in (name, getattr(value, "__name__", name)):
            if module is not None and isinstance(known, str) and vars(module).get(known) is value:
                return f"from {home} import {known} as {name}"
    if isinstance(value, ModuleType):
        return f"import {value.__name__} as {name}"
    home, known = getattr(value, "__module__", ""), getattr(value, "__name__", "")
    if home != "builtins" and vars(sys.modules.get(home, builtins)).get(known) is value and home != "__main__":
        return f"from {home} import {known} as {name}"
    return ""
