"""A copy of a function's code that counts its loop turns and divides like a GPU.

The learner's source is never touched: its syntax tree is parsed anew, changed, and compiled under the same file name
with the same line numbers. Four changes are made.

* Each loop's body begins with a counter on a local variable, so that a loop that never ends is found out after a
  certain number of turns, whether it touches memory or not.
* ``/ // % **`` become calls where the right side is not a constant other than zero.
* The answer of a comparison that is more than asked for, as in ``(a > b) - (a < b)``, becomes a plain bool.
* ``tile = cuda.shared.array(...)`` tells the array its name.

In a launch that is recorded there is a fifth: the code says which way each thread takes (see ``paths``).

Where there is no source, or the file has changed since it was imported, there is nothing to rewrite: ``rewritten``
returns None and the launch falls back on tracing.
"""

from __future__ import annotations
import __future__

import ast
import copy
import linecache
from collections.abc import Callable
from functools import lru_cache, reduce
from types import CodeType, FrameType, FunctionType
from typing import cast

from minigrad.simulator.parallel_loops import ParallelLoops
from minigrad.simulator.paths import BRANCH, Marker
from minigrad.simulator.syntax import PREFIX, call, placed

TURNS_PER_REPORT = 256
"""A loop reports its turns when it has done this many, unless it is told otherwise."""

LOOP = PREFIX + "loop_"
"""Then come a loop's first and last line: the number of turns when it began."""

_COUNT = f"""
{PREFIX}turns += 1
if {PREFIX}turns >= {PREFIX}next:
    {PREFIX}next = {PREFIX}turns + {PREFIX}report_turns({PREFIX}turns - {PREFIX}reported)
    {PREFIX}reported = {PREFIX}turns
"""

_DIVISIONS: dict[type[ast.operator], str] = {
    ast.Div: "true_divide",
    ast.FloorDiv: "floor_divide",
    ast.Mod: "remainder",
    ast.Pow: "power",
}

_NEW_ARRAYS = frozenset(f"{what}{like}" for what in ("empty", "zeros", "ones", "full") for like in ("", "_like")) | {
    "arange",
    "copy",
}
"""What makes an array on the processor."""

_FUTURES = reduce(lambda flags, name: flags | getattr(__future__, name).compiler_flag, __future__.all_feature_names, 0)


def rewritten(
    function: FunctionType, *, with_paths: bool = False, prange: frozenset[str] = frozenset()
) -> CodeType | None:
    """The changed code of ``function``, or None where its source cannot be had.

    Loops over what has one of the names in ``prange`` become what numba makes of them (see ``parallel_loops``).
    """
    code = function.__code__
    return _rewritten_code(code, code.co_filename, _source_of(code.co_filename), with_paths, prange)


def computes_with_truths(function: Callable[..., object]) -> bool:
    """Whether the answer of a comparison is computed with or stored, in which NumPy and a GPU differ."""
    codes = [rewritten(function)] if isinstance(function, FunctionType) else []
    for code in codes:  # grows as it goes
        codes += [constant for constant in code.co_consts if isinstance(constant, CodeType)] if code else []
    return any(code is not None and {PREFIX + "truth", PREFIX + "invert"} & set(code.co_names) for code in codes)


def _source_of(filename: str) -> str:
    linecache.checkcache(filename)
    return "".join(linecache.getlines(filename))


def endless_loop(frame: FrameType, kernel: CodeType) -> tuple[CodeType, int]:
    """The loop that this frame, or one that called it on the way from the kernel, does not get out of: code and line.

    The innermost one in which the function has spent most of its turns; a short loop within it begins again and again.
    """
    most, best = -1, (frame.f_code, frame.f_lineno)
    at: FrameType | None = frame
    while at is not None:
        turns = at.f_locals.get(PREFIX + "turns", 0)
        around = [
            (int(lines[0]), turns - began)
            for name, began in at.f_locals.items()
            if name.startswith(LOOP)
            and int((lines := name.removeprefix(LOOP).split("_"))[0]) <= at.f_lineno <= int(lines[1])
            and turns - began >= turns / 2
        ]
        if around and max(around)[1] > most:
            line, most = max(around)
            best = at.f_code, line
        at = at.f_back if at.f_code is not kernel else None
    return best


@lru_cache(512)
def _rewritten_code(
    code: CodeType, filename: str, source: str, with_paths: bool, prange: frozenset[str]
) -> CodeType | None:
    # Codes are equal whatever their files, so the file's name has to be a key of its own.
    definition = _definition_of(code, source)
    if definition is None:
        return None
    flags = code.co_flags & _FUTURES
    # The file compiled anew has to hold the code that we were handed: else it is not the one that was imported, and its
    # lines would lie.
    if not any(_same_code(compiled, code) for compiled in _codes_of(source, filename, flags)):
        return None
    if prange:
        definition = ParallelLoops(prange).visit(definition)
    if with_paths:
        definition = Marker().visit(definition)
    return _compile(_Rewriter().visit(definition), code, flags)


@lru_cache(64)
def _parse(source: str) -> ast.Module | None:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError):
        return None


@lru_cache(64)
def _codes_of(source: str, filename: str, flags: int) -> tuple[CodeType, ...]:
    """The code of every function in a file."""
    codes = [compile(source, filename, "exec", flags=flags, dont_inherit=True)]
    for code in codes:  # grows as it goes
        codes += [constant for constant in code.co_consts if isinstance(constant, CodeType)]
    return tuple(codes)


def _definition_of(code: CodeType, source: str) -> ast.FunctionDef | ast.Lambda | None:
    """A copy of the node that the code was compiled from; the tree is kept, and the rewriter works in place."""
    tree = _parse(source) if source else None
    if tree is None:
        return None
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name == code.co_name:
            first = min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
            if first == code.co_firstlineno:
                definition = copy.deepcopy(node)
                definition.decorator_list = []
                return definition
        elif isinstance(node, ast.Lambda) and code.co_name == "<lambda>" and node.lineno == code.co_firstlineno:
            body = node.body
            if (body.lineno, body.end_lineno, body.col_offset, body.end_col_offset) in code.co_positions():
                return copy.deepcopy(node)
    return None


def _compile(definition: ast.FunctionDef | ast.Lambda, code: CodeType, flags: int) -> CodeType | None:
    """Compile a definition inside a function that owns its free variables, and take out the code of the inner one."""
    owner = ast.FunctionDef(
        name=PREFIX + "owner",
        args=ast.arguments(
            posonlyargs=[],
            args=[ast.arg(name) for name in code.co_freevars],
            kwonlyargs=[],
            kw_defaults=[],
            defaults=[],
        ),
        body=[definition if isinstance(definition, ast.stmt) else ast.Expr(definition)],
        decorator_list=[],
    )
    if isinstance(definition, ast.FunctionDef) and code.co_name not in code.co_freevars:
        # So that a function of a module still finds itself there.
        owner.body.insert(0, ast.Global([definition.name]))
    if hasattr(ast, "TypeAlias"):  # Python 3.12 and later
        owner.type_params = []  # type: ignore[attr-defined,unused-ignore]
    module = ast.fix_missing_locations(ast.Module([owner], []))
    try:
        compiled = compile(module, code.co_filename, "exec", flags=flags, dont_inherit=True)
    except (SyntaxError, ValueError):
        return None
    owner_code = next(c for c in compiled.co_consts if isinstance(c, CodeType))
    return next((c for c in owner_code.co_consts if isinstance(c, CodeType) and c.co_name == code.co_name), None)


def _same_code(one: CodeType, other: CodeType) -> bool:
    if one.co_firstlineno != other.co_firstlineno or one.co_name != other.co_name:
        return False
    if one.co_code != other.co_code or one.co_names != other.co_names or one.co_varnames != other.co_varnames:
        return False
    if len(one.co_consts) != len(other.co_consts):
        return False
    for mine, theirs in zip(one.co_consts, other.co_consts, strict=True):
        if isinstance(mine, CodeType) and isinstance(theirs, CodeType):
            if not _same_code(mine, theirs):
                return False
        elif type(mine) is not type(theirs) or repr(mine) != repr(theirs):
            return False
    return True


class _Rewriter(ast.NodeTransformer):
    """Works on one function definition, in place."""

    def __init__(self) -> None:
        self._asked: set[ast.Compare] = set()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self.generic_visit(node)
        if any(isinstance(inner, ast.For | ast.While) for inner in ast.walk(node)):
            position = 1 if ast.get_docstring(node, clean=False) is not None else 0
            counters = f"{PREFIX}turns = {PREFIX}reported = 0\n{PREFIX}next = {TURNS_PER_REPORT}"
            node.body[position:position] = placed(counters, node.body[0])
        return node

    def visit_For(self, node: ast.For) -> list[ast.stmt]:
        return self._count_turns(node)

    def visit_While(self, node: ast.While) -> list[ast.stmt]:
        return self._count_turns(node)

    def _count_turns(self, node: ast.For | ast.While) -> list[ast.stmt]:
        if isinstance(node, ast.While):
            self._only_asked(node.test)
        self.generic_visit(node)
        node.body[0:0] = placed(_COUNT, node)
        return [*placed(f"{LOOP}{node.lineno}_{node.end_lineno} = {PREFIX}turns", node), node]

    def visit_If(self, node: ast.If) -> ast.AST:
        return self._with_test(node)

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        return self._with_test(node)

    def _with_test(self, node: ast.If | ast.IfExp | ast.While) -> ast.AST:
        self._only_asked(node.test)
        return self.generic_visit(node)

    def _only_asked(self, test: ast.expr) -> None:
        """Note the comparisons whose answer is only asked for, and goes nowhere else: they can stay as they are."""
        if isinstance(test, ast.Compare):
            self._asked.add(test)
        elif isinstance(test, ast.BoolOp):
            for value in test.values:
                self._only_asked(value)
        elif isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            self._only_asked(test.operand)
        elif isinstance(test, ast.Call) and isinstance(test.func, ast.Name) and test.func.id == BRANCH:
            self._only_asked(test.args[1])

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        return node if node in self._asked else call("truth", node, node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        return call("invert", node, node.operand) if isinstance(node.op, ast.Invert) else node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        name = _DIVISIONS.get(type(node.op))
        if name is None or _is_harmless(node.op, node.left, node.right):
            return node
        return call(name, node, node.left, node.right)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AST | list[ast.stmt]:
        self.generic_visit(node)
        name = _DIVISIONS.get(type(node.op))
        if name is None or _is_harmless(node.op, None, node.value):
            return node
        if isinstance(node.target, ast.Name):
            read = ast.copy_location(ast.Name(node.target.id, ast.Load()), node.target)
            return ast.copy_location(ast.Assign([node.target], call(name, node, read, node.value)), node)
        if isinstance(node.target, ast.Subscript):
            # a[i] //= x: the array and the index are each evaluated once, as Python does.
            cell = f"{PREFIX}array[{PREFIX}index]"
            array, index, change = placed(
                f"{PREFIX}array = 0\n{PREFIX}index = 0\n{cell} = {PREFIX}{name}({cell}, 0)", node
            )
            cast(ast.Assign, array).value = node.target.value
            cast(ast.Assign, index).value = node.target.slice
            cast(ast.Call, cast(ast.Assign, change).value).args[1] = node.value
            return [array, index, change]
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        self.generic_visit(node)
        if len(node.targets) == 1 and isinstance(node.targets[0], ast.Name) and _makes_array(node.value):
            name = ast.copy_location(ast.Constant(node.targets[0].id), node.value)
            node.value = call("named", node.value, node.value, name)
        return node


def _makes_array(value: ast.expr) -> bool:
    """Whether this is ``shared.array(...)``, ``cuda.local.array(...)``, or something like ``np.zeros(...)``."""
    if not (isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute)):
        return False
    if value.func.attr != "array":
        return value.func.attr in _NEW_ARRAYS
    owner = value.func.value
    return (owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")) in (
        "shared",
        "local",
        "np",
        "numpy",
    )


def _is_harmless(operator: ast.operator, left: ast.expr | None, right: ast.expr) -> bool:
    """Whether the right side is a constant with which Python and a GPU do the same."""
    if not (isinstance(right, ast.Constant) and isinstance(right.value, int | float) and right.value != 0):
        return False
    return not isinstance(operator, ast.Pow) or (isinstance(right.value, int) and 0 < right.value <= 4)
