"""What a kernel's source uses that numba's CUDA target does not compile: a look at the syntax tree.

numba refuses all of it, mostly in its own words and not always with a line; here are plain words and the
line. Nothing is run or imported. The look cannot tell what numba drops before it compiles (a branch on a
constant, a list that a loop only walks over), so most of what it finds *explains* a refusal and never makes
one. The exception are NumPy's functions, on which numba and numba-cuda differ: those are refused whatever the
installed compiler says.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from minigrad.workbook.restriction_table import (
    ARRAY_METHODS,
    COMPILED_EVERYWHERE,
    FROM_NUMBA_CUDA,
    INSTEAD,
    INSTEAD_OF_NUMPY,
    MAKERS,
    NO_GENERATORS,
    ONLY_THROUGH_CUDA,
    SENTENCES,
)

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Restriction:
    """One thing in the source that does not compile.

    ``certain`` says that it is refused even where the installed compiler takes it; otherwise it only explains
    a refusal.
    """

    line: int
    sentence: str
    certain: bool = False


def restrictions(source: str, function: str, line: int | None = None) -> list[Restriction]:
    """What a function, and those of the same file that it calls, use that does not compile for a GPU.

    ``function`` is the name in the ``def``; ``line``, where its decorators begin, tells two of one name apart
    (without it the last one counts). Sorted by line; empty for source that does not parse or does not define
    the name.

    >>> [found] = restrictions("def k(out):\\n    out[0] = len([i for i in range(3)])\\n", "k")
    >>> found.line, found.sentence
    (2, 'a list comprehension makes a list, and a kernel has none. Write a for loop.')
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return []
    kernel = _definition(tree, function, line)
    if kernel is None:
        return []
    imports = _Imports.of(tree)
    found: set[Restriction] = set()
    for part in _reached(tree, kernel):
        found.update(_Look(part, imports, is_kernel=part is kernel).found)
    return sorted(found, key=lambda one: (one.line, one.sentence))


# Which functions to look at


@dataclass(frozen=True)
class _Imports:
    """What the file calls NumPy, members of it, Python's random numbers, and parts of ``numba.cuda``."""

    numpy: set[str] = field(default_factory=set)
    numpy_members: dict[str, str] = field(default_factory=dict)
    random: set[str] = field(default_factory=set)
    stubs: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, tree: ast.Module) -> _Imports:
        imports = cls()
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    first = alias.name.split(".")[0]
                    if first == "numpy" and (alias.name == "numpy" or not alias.asname):
                        imports.numpy.add(alias.asname or first)
                    elif alias.name == "random":
                        imports.random.add(alias.asname or first)
            elif isinstance(node, ast.ImportFrom) and not node.level:
                for alias in node.names:
                    name = alias.asname or alias.name
                    if node.module == "numpy":
                        imports.numpy_members[name] = alias.name
                    elif node.module == "random":
                        imports.random.add(name)
                    elif node.module == "numba.cuda" and alias.name in ONLY_THROUGH_CUDA:
                        imports.stubs[name] = alias.name
        return imports


def _definition(tree: ast.Module, name: str, line: int | None) -> Function | None:
    named = [node for node in ast.walk(tree) if isinstance(node, Function) and node.name == name]
    for node in named:
        if line in (node.lineno, *(decorator.lineno for decorator in node.decorator_list)):
            return node
    return max(named, key=lambda node: node.lineno, default=None)


def _reached(tree: ast.Module, kernel: Function) -> list[Function]:
    """The kernel and every function of the file that it calls by name, directly or through another.

    What is defined inside a function is looked at together with that function.
    """
    in_sight = {node.name: node for node in tree.body if isinstance(node, Function)}
    for factory in ast.walk(tree):
        if isinstance(factory, Function) and kernel in factory.body:
            in_sight |= {node.name: node for node in factory.body if isinstance(node, Function)}
    reached = [kernel]
    for part in reached:  # grows as it goes
        for node in ast.walk(part):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                target = in_sight.get(node.func.id)
                if target is not None and target not in reached:
                    reached.append(target)
    return reached


# The look itself


class _Look(ast.NodeVisitor):
    """Collects what one function uses that does not compile.

    What never reaches numba is passed over: annotations, decorators, and what Python itself drops.
    """

    def __init__(self, function: Function, imports: _Imports, *, is_kernel: bool) -> None:
        self.found: list[Restriction] = []
        self.imports = imports
        self.is_kernel = is_kernel
        self.inside_inner = False
        self.may_be_dropped = False
        self.through_cuda: dict[str, int] = {}
        arguments = function.args
        self.parameters = {
            argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
        }
        self.values = _assigned(function)
        self.own = self.parameters | self.values.keys()
        self.statements(function.body)
        if self.through_cuda:
            names = ", ".join(f"cuda.{name}" for name in self.through_cuda)
            line, sentence = min(self.through_cuda.values()), f"{FROM_NUMBA_CUDA} Here: {names}."
            self.found.append(Restriction(line, sentence))

    def add(self, node: ast.AST, sentence: str, *, certain: bool = False) -> None:
        line = getattr(node, "lineno", 0)
        self.found.append(Restriction(line, sentence, certain and not self.may_be_dropped))

    def statements(self, body: Iterable[ast.stmt]) -> None:
        for statement in body:
            self.visit(statement)
            if isinstance(statement, ast.Return | ast.Break | ast.Continue | ast.Raise):
                return

    def generic_visit(self, node: ast.AST) -> None:
        if type(node) in SENTENCES:
            sure = isinstance(node, NO_GENERATORS) and self.is_kernel and not self.inside_inner
            self.add(node, SENTENCES[type(node)], certain=sure)
        for _, value in ast.iter_fields(node):
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                self.statements(value)
            else:
                for child in value if isinstance(value, list) else [value]:
                    if isinstance(child, ast.AST):
                        self.visit(child)

    def visit_If(self, node: ast.If) -> None:
        if isinstance(node.test, ast.Constant):  # Python drops the other branch
            self.statements(node.body if node.test.value else node.orelse)
            return
        outside = self.may_be_dropped
        self.may_be_dropped |= self.is_constant(node.test)
        self.generic_visit(node)
        self.may_be_dropped = outside

    def is_constant(self, test: ast.expr) -> bool:
        """Whether numba may know how ``test`` comes out, and drop a branch: it asks only constants."""
        return not any(
            isinstance(part, ast.Call | ast.Subscript) or (isinstance(part, ast.Name) and part.id in self.own)
            for part in ast.walk(test)
        )

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.visit(node.target)
        if node.value is not None:
            self.visit(node.value)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        outside, self.inside_inner = self.inside_inner, True
        self.statements(node.body)
        self.inside_inner = outside

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node: ast.Lambda) -> None:
        outside, self.inside_inner = self.inside_inner, True
        self.visit(node.body)
        self.inside_inner = outside

    def visit_List(self, node: ast.List) -> None:
        if isinstance(node.ctx, ast.Load):
            self.add(node, f"a kernel has no lists. {INSTEAD}")
        self.generic_visit(node)

    def visit_Starred(self, node: ast.Starred) -> None:
        if isinstance(node.ctx, ast.Store):
            self.add(node, "a starred name collects the rest in a list, and a kernel has none.")
        self.generic_visit(node)

    def visit_Return(self, node: ast.Return) -> None:
        nothing = node.value is None or (isinstance(node.value, ast.Constant) and node.value.value is None)
        if self.is_kernel and not self.inside_inner and not nothing:
            self.add(node, "a kernel returns nothing. Write the result to an output array.")
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        if not isinstance(node.ctx, ast.Load) or node.id in self.own:
            return
        if node.id in self.imports.stubs:
            self.through_cuda.setdefault(self.imports.stubs[node.id], node.lineno)
        elif node.id in self.imports.numpy_members:
            self.numpy(node, self.imports.numpy_members[node.id], node.id)
        elif node.id in self.imports.random:
            self.add(node, "Python's random numbers do not exist on a GPU.", certain=True)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        path = _dotted(node)
        if path and path[0] in self.imports.numpy and path[0] not in self.own:
            self.numpy(node, ".".join(path[1:]), ".".join(path))
        else:
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        path = _dotted(node.func)
        if len(path) == 1 and path[0] in MAKERS and path[0] not in self.own:
            self.add(node, f"a kernel has no {MAKERS[path[0]]}. {INSTEAD}")
        elif len(path) == 2 and path[0] in self.parameters and path[1] in ARRAY_METHODS:
            self.add(
                node,
                f".{path[1]}() works on a whole array, and a kernel is one thread's share of the work. "
                "Loop over the elements that this thread is for.",
                certain=True,
            )
        elif path[-2:] in (["shared", "array"], ["local", "array"]):
            shape = [word.value for word in node.keywords if word.arg == "shape"] or node.args[:1]
            if shape and not self.is_fixed(shape[0]):
                self.add(
                    node,
                    f"the size of a {path[-2]} array has to be an integer or a constant of the module, and "
                    f"{ast.unparse(shape[0])} is neither. Name it at the top of the file, for example "
                    "HALO = TPB + 2.",
                )
        self.generic_visit(node)

    def numpy(self, node: ast.AST, member: str, written: str) -> None:
        """A member of NumPy: types of numbers and constants are fine, functions are not."""
        value: object = np
        for name in member.split("."):
            value = getattr(value, name, None)
            if isinstance(value, type) and issubclass(value, np.generic | np.dtype):
                return
        if member in COMPILED_EVERYWHERE or not (callable(value) or isinstance(value, type(np))):
            return
        instead = INSTEAD_OF_NUMPY.get(member, "Python's operators and the math module, on single elements")
        sentence = f"{written} is a NumPy function, which does not compile in a kernel. Use {instead}."
        self.add(node, sentence, certain=True)

    def is_fixed(self, size: ast.expr, seen: Sequence[str] = ()) -> bool:
        """Whether numba may take ``size`` for a constant; yes where we cannot tell."""
        if isinstance(size, ast.Tuple):
            return all(self.is_fixed(part, seen) for part in size.elts)
        if isinstance(size, ast.Name):
            values = self.values.get(size.id, [])
            if not values or size.id in seen:
                return size.id not in self.parameters
            return all(value is not None and self.is_fixed(value, [*seen, size.id]) for value in values)
        if isinstance(size, ast.Attribute):
            return _dotted(size)[:1] != ["cuda"] and not set(_dotted(size)[:1]) & self.own
        if isinstance(size, ast.Constant):
            return isinstance(size.value, int)
        if isinstance(size, ast.BinOp | ast.UnaryOp):  # Python works out 4 + 2 before numba sees it
            return not any(isinstance(part, ast.Name | ast.Call) for part in ast.walk(size))
        return not isinstance(size, ast.Call)


def _dotted(node: ast.expr) -> list[str]:
    """``["cuda", "shared", "array"]`` for ``cuda.shared.array``; empty for what is no plain name."""
    path: list[str] = []
    while isinstance(node, ast.Attribute):
        path.insert(0, node.attr)
        node = node.value
    return [node.id, *path] if isinstance(node, ast.Name) else []


def _assigned(function: Function) -> dict[str, list[ast.expr | None]]:
    """Each name that the function assigns, with what it is given; None for what is not plainly given."""
    values: dict[str, list[ast.expr | None]] = {}
    given: dict[int, ast.expr | None] = {}
    for node in (inner for statement in function.body for inner in ast.walk(statement)):
        if isinstance(node, ast.Assign):
            given |= {id(target): node.value for target in node.targets}
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr):
            given[id(node.target)] = node.value
        elif isinstance(node, Function):
            values.setdefault(node.name, []).append(None)
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            values.setdefault(node.id, []).append(given.get(id(node)))
    return values
