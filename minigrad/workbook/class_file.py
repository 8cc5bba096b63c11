"""The class in a puzzle file: whether it is one, derives from what it should, and has the methods that are asked for.

What is wrong is told in a sentence; ``load`` makes it the learner's. Parameters may have any names, since the first of
them has several, but a method must be callable with as many arguments as the puzzle says.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping, Sequence
from importlib import import_module

from minigrad.workbook.function_file import indented, listed, times
from minigrad.workbook.puzzle import ClassPuzzle, FunctionPuzzle, Puzzle
from minigrad.workbook.spec import ClassSpec, FunctionSpec, Rule


def complaint(puzzles: Sequence[FunctionPuzzle], asked: ClassSpec, source: str, file: str) -> str | None:
    """Why what is marked in the text of ``file`` cannot be the class that is ``asked`` for; None if it can."""
    spec = puzzles[0].spec
    for puzzle in puzzles:
        if wrong := of_another_kind(puzzle, asked, file):
            return wrong
    names = [puzzle.kernel.__name__ for puzzle in puzzles]
    defined = [node for node in ast.parse(source).body if isinstance(node, ast.ClassDef) and node.name in names]
    count = max(len(puzzles), len(defined))
    if count > 1:
        found = listed([node.lineno for node in defined])
        return f'{file} holds {count} classes with @puzzle("{spec.name}") (lines {found}). Keep one.'
    answer = puzzles[0].kernel
    lines = _lines(defined)
    where = f"{file}:{defined[0].lineno}" if defined else file
    return (
        _not_derived(answer, asked, where)
        or _written_twice(lines, spec, file)
        or next(filter(None, (_no_method(rule, answer, where) for rule in spec.rules)), None)
        or next(filter(None, (_wrong_parameters(rule, answer, lines, file) for rule in spec.rules)), None)
    )


def of_another_kind(puzzle: FunctionPuzzle, asked: ClassSpec, file: str) -> str | None:
    """What to say of an answer that is no class; None of one that is."""
    if isinstance(puzzle, ClassPuzzle):
        return None
    name = getattr(puzzle.function, "__name__", "this")
    return (
        f'In {file}, @puzzle("{puzzle.name}") must stand above a class, and {name} is none. It should hold:\n'
        f"{indented(skeleton(puzzle.spec, asked))}"
    )


def skeleton(spec: FunctionSpec, asked: ClassSpec) -> str:
    """What the file must hold."""
    base = asked.base.rpartition(".")[2]
    head = f'@puzzle("{spec.name}")\nclass {asked.name}{f"({base})" if base else ""}:'
    return "\n".join([head, *(indented(_head(rule)) for rule in spec.rules)])


def _head(rule: Rule) -> str:
    return f"def {rule.name}({', '.join(rule.parameters)}):"


def _not_derived(answer: type, asked: ClassSpec, where: str) -> str | None:
    module, _, name = asked.base.rpartition(".")
    if not name or issubclass(answer, getattr(import_module(module), name)):
        return None
    return f"{where}: {answer.__name__} does not derive from {asked.base}. Write: class {answer.__name__}({name}):"


def _lines(classes: Sequence[ast.ClassDef]) -> Mapping[str, Sequence[int]]:
    """Where each method is defined in the class itself."""
    lines: dict[str, list[int]] = {}
    for node in (inside for each in classes for inside in each.body if isinstance(inside, ast.FunctionDef)):
        lines.setdefault(node.name, []).append(node.lineno)
    return lines


def _written_twice(lines: Mapping[str, Sequence[int]], spec: FunctionSpec, file: str) -> str | None:
    """Of two methods with one name only the last is left."""
    for rule in spec.rules:
        found = lines.get(rule.name, ())
        if len(found) > 1:
            return f"{file}: {rule.name} is there {times(len(found))} (lines {listed(found)}). Keep one."
    return None


def _no_method(rule: Rule, answer: type, where: str) -> str | None:
    method = getattr(answer, rule.name, None)
    if method is None:
        return f"{where}: the class {answer.__name__} lacks {rule.name}. It should hold:\n{indented(_head(rule))}"
    if isinstance(method, Puzzle):
        return f"{where}: @puzzle stands above the class {answer.__name__} alone. Take it away from {rule.name}."
    if not inspect.isroutine(method):
        return f"{where}: {rule.name} is no method of {answer.__name__}. It should hold:\n{indented(_head(rule))}"
    return None


def _wrong_parameters(rule: Rule, answer: type, lines: Mapping[str, Sequence[int]], file: str) -> str | None:
    signature = inspect.signature(getattr(answer, rule.name))
    try:
        signature.bind(*rule.parameters)
    except TypeError:
        where = f"{file}:{lines[rule.name][0]}" if rule.name in lines else file
        return (
            f"{where}: the parameters of {rule.name} must be ({', '.join(rule.parameters)}); "
            f"yours are ({', '.join(map(str, signature.parameters.values()))})."
        )
    return None
