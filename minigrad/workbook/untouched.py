"""Whether a kernel is still the stub that the learner was given.

Told from the syntax tree, not by comparing texts, so a stub to which somebody added a comment or renamed an
index is still a stub. A kernel is untouched if it computes nothing but indices: no array is read, written or
passed on, nothing loops, and nothing is called but what tells a thread where it is. A function that makes a
kernel is untouched if it holds nothing but such kernels and returns one, a plain function if it does nothing at
all, a class if that is so for each method that is asked for. When in doubt it counts as touched, and is run.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Collection, Mapping

from minigrad.workbook.puzzle import ClassPuzzle, Puzzle
from minigrad.workbook.spec import FunctionSpec, KernelSpec, Spec

_SHAPE = ("shape", "size", "ndim", "strides", "dtype")
"""What an array tells about itself without being read."""

_PLAIN_CALLS = ("len", "min", "max", "abs", "int")
_INDEX_CALLS = ("grid", "gridsize", "syncthreads", "array")
"""The last word of calls, such as ``cuda.grid`` and ``cuda.shared.array``, that touch no array of the
puzzle's.
"""


def is_untouched(puzzle: Puzzle) -> bool:
    """Whether the puzzle's function is still a stub."""
    if isinstance(puzzle, ClassPuzzle):
        methods = puzzle.functions.values()
        return len(methods) == len(puzzle.spec.rules) and all(map(is_untouched, methods))
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(puzzle.function)))
    except (OSError, TypeError, SyntaxError):  # no source, or a lambda in the middle of a line
        return False
    function, spec = tree.body[0], puzzle.spec
    if not isinstance(function, ast.FunctionDef):
        return False
    if isinstance(spec, KernelSpec):
        return _is_stub(function, spec.signature, spec.makes_kernel)
    return _does_nothing(function)


def text_is_untouched(source: str, spec: Spec) -> bool:
    """Whether a puzzle file's text still holds nothing but stubs, told without importing the file.

    False if there is any doubt.
    """
    if isinstance(spec, KernelSpec):
        return file_is_untouched(source, spec.signature, spec.takes)
    return _functions_are_untouched(source, spec)


def file_is_untouched(source: str, signature: Mapping[str, str], takes: tuple[str, ...] | None = None) -> bool:
    """Whether the kernel in a puzzle file's text is still a stub, told without importing the file.

    ``signature`` and ``takes`` are the specification's. False if there is any doubt.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return False
    kernels = [node for node in tree.body if isinstance(node, ast.FunctionDef) and _is_puzzle(node)]
    expected = list(signature if takes is None else takes)
    if len(kernels) != 1 or [argument.arg for argument in kernels[0].args.args] != expected:
        return False
    return _is_stub(kernels[0], signature, makes_kernel=takes is not None)


def _functions_are_untouched(source: str, spec: FunctionSpec) -> bool:
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return False
    expected = {rule.name: rule.parameters for rule in spec.rules}
    if spec.methods_of:
        classes = [node for node in tree.body if isinstance(node, ast.ClassDef) and _is_puzzle(node)]
        body = classes[0].body if len(classes) == 1 else []
        functions = [node for node in body if isinstance(node, ast.FunctionDef) and node.name in expected]
    else:
        functions = [node for node in tree.body if isinstance(node, ast.FunctionDef) and _is_puzzle(node)]
    given = {each.name: tuple(argument.arg for argument in each.args.args) for each in functions}
    return len(functions) == len(expected) and given == expected and all(map(_does_nothing, functions))


def _does_nothing(function: ast.FunctionDef) -> bool:
    return all(_is_nothing(statement) for statement in function.body)


def _is_nothing(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass() | ast.Expr(value=ast.Constant()) | ast.Return(value=None | ast.Constant(value=None)):
            return True
        case ast.Raise(exc=ast.Name(id=raised) | ast.Call(func=ast.Name(id=raised))):
            return raised == "NotImplementedError"
    return False


def _is_stub(function: ast.FunctionDef, signature: Mapping[str, str], makes_kernel: bool) -> bool:
    if not makes_kernel:
        return _computes_only_indices(function, signature)
    *kernels, last = function.body
    returned = isinstance(last, ast.Return) and isinstance(last.value, ast.Name | None)
    return (returned or _is_kernel_stub(last, signature)) and all(_is_kernel_stub(each, signature) for each in kernels)


def _is_kernel_stub(statement: ast.stmt, signature: Mapping[str, str]) -> bool:
    if not isinstance(statement, ast.FunctionDef):
        return isinstance(statement, ast.Pass) or (
            isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        )
    given = [argument.arg for argument in statement.args.args]  # parameters may have been renamed
    return _computes_only_indices(statement, dict(zip(given, signature.values(), strict=False)))


def _is_puzzle(answer: ast.FunctionDef | ast.ClassDef) -> bool:
    calls = (decorator.func for decorator in answer.decorator_list if isinstance(decorator, ast.Call))
    return any(isinstance(call, ast.Name) and call.id == "puzzle" for call in calls)


def _computes_only_indices(kernel: ast.FunctionDef, signature: Mapping[str, str]) -> bool:
    arrays = [name for name, kind in signature.items() if "[" in kind]
    return all(_is_idle(statement, arrays) for statement in kernel.body)


def _is_idle(statement: ast.stmt, arrays: Collection[str]) -> bool:
    match statement:
        case ast.Pass() | ast.Return(value=None) | ast.Expr(value=ast.Constant()):
            return True
        case ast.Expr(value=ast.Call() as call):
            return _is_index(call, arrays)
        case ast.Assign(targets=targets, value=value):
            return all(_is_local(target, arrays) for target in targets) and _is_index(value, arrays)
        case ast.AugAssign(target=target, value=value) | ast.AnnAssign(target=target, value=value):
            return _is_local(target, arrays) and (value is None or _is_index(value, arrays))
        case ast.If(test=test, body=body, orelse=orelse):
            return _is_index(test, arrays) and all(_is_idle(inner, arrays) for inner in [*body, *orelse])
    return False


def _is_local(target: ast.expr, arrays: Collection[str]) -> bool:
    if isinstance(target, ast.Tuple):
        return all(_is_local(element, arrays) for element in target.elts)
    return isinstance(target, ast.Name) and target.id not in arrays


def _is_index(value: ast.expr, arrays: Collection[str]) -> bool:
    """Whether an expression reads no array and hands none on."""
    match value:
        case ast.Attribute(value=ast.Name(id=name), attr=attribute) if name in arrays:
            return attribute in _SHAPE
        case ast.Attribute(value=inner):
            return _is_index(inner, arrays)
        case ast.Name(id=name):
            return name not in arrays
        case ast.Subscript(value=ast.Attribute(attr="shape" | "strides") as shape, slice=place):
            return _is_index(shape, arrays) and _is_index(place, arrays)
        case ast.Call(func=ast.Name(id="len"), args=[ast.Name()]):
            return True
        case ast.Call(func=function, args=given, keywords=keywords):
            values = [*given, *(keyword.value for keyword in keywords)]
            return _tells_a_place(function) and all(_is_index(each, arrays) for each in values)
        case ast.Constant():
            return True
        case ast.BinOp() | ast.UnaryOp() | ast.BoolOp() | ast.Compare() | ast.IfExp() | ast.Tuple():
            inside = (node for node in ast.iter_child_nodes(value) if isinstance(node, ast.expr))
            return all(_is_index(node, arrays) for node in inside)
    return False


def _tells_a_place(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return function.id in (*_PLAIN_CALLS, *_INDEX_CALLS)
    if isinstance(function, ast.Attribute):
        return function.attr in _INDEX_CALLS and _root(function) != "np"
    return False


def _root(value: ast.expr) -> str:
    while isinstance(value, ast.Attribute):
        value = value.value
    return value.id if isinstance(value, ast.Name) else ""
