"""The plain functions in a puzzle file: whether all that the puzzle asks for are there, each once and callable.

What is wrong is told in a sentence; ``load`` makes it the learner's. What is said of a class stands in ``class_file``.
"""

from __future__ import annotations

import ast
import difflib
import inspect
from collections import Counter
from collections.abc import Sequence
from types import FunctionType

from minigrad.workbook.puzzle import FunctionPuzzle
from minigrad.workbook.spec import FunctionSpec, Rule


def complaint(puzzles: Sequence[FunctionPuzzle], source: str, file: str) -> str | None:
    """Why these functions, found in the text of ``file``, cannot be the answer to their puzzle; None if they can, or if
    there are none.
    """
    if not puzzles:
        return None
    spec = puzzles[0].spec
    for puzzle in puzzles:
        if wrong := of_another_kind(puzzle, file):
            return wrong
    named = _by_rule(puzzles)
    return (
        _unknown(spec, puzzles, file)
        or _twice(spec, puzzles, source, file)
        or _missing(spec, named, puzzles[0], file)
        or next(filter(None, (_wrong_parameters(rule, named[rule.name], file) for rule in spec.rules)), None)
    )


def skeleton(spec: FunctionSpec) -> str:
    """What the file must hold."""
    return "\n\n".join(_head(spec, rule) for rule in spec.rules)


def _head(spec: FunctionSpec, rule: Rule) -> str:
    return f'@puzzle("{spec.name}")\ndef {rule.name}({", ".join(rule.parameters)}):'


def _by_rule(puzzles: Sequence[FunctionPuzzle]) -> dict[str, FunctionPuzzle]:
    """The functions by the names that the puzzle has for them; one that is alone may be called anything."""
    rules = puzzles[0].spec.rules
    if len(rules) == 1:
        return {rules[0].name: puzzles[0]}
    return {puzzle.function.__name__: puzzle for puzzle in puzzles}


def of_another_kind(puzzle: FunctionPuzzle, file: str) -> str | None:
    """What to say of an answer that is no plain function; None of one that is."""
    function = puzzle.function
    if not isinstance(function, FunctionType):
        what = f"; {function.__name__} is a class" if isinstance(function, type) else ""
        return f'In {file}, @puzzle("{puzzle.name}") must stand above a function{what}.'
    if "cuda" in type(puzzle.kernel).__module__:
        return (
            f"{_place(puzzle, file)}: {function.__name__} is a plain function and no kernel. "
            "Take the decorator @cuda.jit away."
        )
    return None


def _unknown(spec: FunctionSpec, puzzles: Sequence[FunctionPuzzle], file: str) -> str | None:
    names = [rule.name for rule in spec.rules]
    for puzzle in puzzles:
        name = puzzle.function.__name__
        if len(names) > 1 and name not in names:
            near = difflib.get_close_matches(name, names, n=1)
            known = f"did you mean {near[0]}?" if near else f"its functions are {listed(names)}."
            return f"{_place(puzzle, file)}: puzzle {spec.number} asks for no function {name}; {known}"
    return None


def _twice(spec: FunctionSpec, puzzles: Sequence[FunctionPuzzle], source: str, file: str) -> str | None:
    """A function that is defined twice: of two with one name only the last is left when the file has been run."""
    lines: dict[str, list[int]] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            lines.setdefault(node.name, []).append(node.lineno)
    marked = Counter(puzzle.function.__name__ for puzzle in puzzles)
    for name in marked:
        found = lines.get(name, [])
        if len(found) > 1:
            return f"{file}: {name} is there {times(len(found))} (lines {listed(found)}). Keep one."
        if marked[name] > 1:
            return f"{file}: {name} is there {times(marked[name])}. Keep one."
    if len(spec.rules) == 1 and len(puzzles) > 1:
        return f'{file} holds {len(puzzles)} functions with @puzzle("{spec.name}") ({listed(list(marked))}). Keep one.'
    return None


def _missing(spec: FunctionSpec, named: dict[str, FunctionPuzzle], witness: FunctionPuzzle, file: str) -> str | None:
    missing = [rule for rule in spec.rules if rule.name not in named]
    if not missing:
        return None
    name = missing[0].name
    if isinstance(witness.function.__globals__.get(name), FunctionType):
        return f'In {file}, @puzzle("{spec.name}") is missing above the function {name}.'
    told = f"{file} lacks {listed([rule.name for rule in missing])}. It should hold:\n"
    return told + "\n\n".join(indented(_head(spec, rule)) for rule in missing)


def _wrong_parameters(rule: Rule, puzzle: FunctionPuzzle, file: str) -> str | None:
    given = inspect.signature(puzzle.function, follow_wrapped=False).parameters
    ordinary = all(each.kind is each.POSITIONAL_OR_KEYWORD for each in given.values())
    if tuple(given) == rule.parameters and ordinary:
        return None
    return (
        f"{_place(puzzle, file)}: the parameters of {rule.name} must be ({', '.join(rule.parameters)}), in this order; "
        f"yours are ({', '.join(map(str, given.values()))})."
    )


def _place(puzzle: FunctionPuzzle, file: str) -> str:
    return f"{file}:{puzzle.function.__code__.co_firstlineno}"


# How it is said, of classes too


def times(count: int) -> str:
    """``twice``, ``3 times``."""
    return "twice" if count == 2 else f"{count} times"


def listed(names: Sequence[object]) -> str:
    """``a, b and c``."""
    *most, last = map(str, names)
    return f"{', '.join(most)} and {last}" if most else last


def indented(text: str) -> str:
    """Lines of code below a sentence."""
    return "\n".join(f"    {line}" for line in text.split("\n"))
