"""What numba makes of a loop over ``prange``, put into the syntax tree of a kernel's copy.

* A loop that can be left in the middle, by ``break``, ``return``, ``raise`` or ``assert``, numba runs as an ordinary
  one.
* A variable that lives on from one iteration to the next is a reduction: every thread has its own, and they are put
  together after the loop. So all that an iteration may do is to add to it, or multiply, or take the larger or the
  smaller. Each iteration gets it as a :class:`Running` number, which notices when it is used in any other way.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Set
from typing import Any, Protocol

import numpy as np

from minigrad.simulator.syntax import PREFIX, placed

_CARRY = f"""
try:
    {{0}} = {PREFIX}running({{0}}, "{{0}}", {{1}})
except NameError:
    pass
"""

_LAND = f"""
try:
    {{0}} = {PREFIX}total({{0}})
except NameError:
    pass
"""


class ParallelLoops(ast.NodeTransformer):
    """Works on one function definition, in place. ``names`` are those under which it knows ``prange``."""

    def __init__(self, names: Set[str]) -> None:
        self._names = names
        self._bound: set[str] = set()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        self._bound = {argument.arg for argument in ast.walk(node.args) if isinstance(argument, ast.arg)}
        for each in self._outside(node):
            self._bound |= _names_bound(each)
        self.generic_visit(node)
        return node

    def visit_For(self, node: ast.For) -> ast.AST | list[ast.stmt]:
        if not self._is_parallel(node):
            self.generic_visit(node)
            return node
        assert isinstance(node.iter, ast.Call)
        if any(_exits(statement) for statement in node.body):
            node.iter.func = ast.copy_location(ast.Name("range", ast.Load()), node.iter.func)
            return node
        inside = {name for statement in node.body for name in _all_names_bound(statement)}
        carried = sorted((inside & self._bound) - _names_bound(node.target))
        self._bound |= inside | _names_bound(node.target)  # as far as the loops that follow are concerned
        before = [each for name in carried for each in placed(_CARRY.format(name, node.iter.lineno), node)]
        after = [each for name in carried for each in placed(_LAND.format(name), node)]
        node.body[0:0] = before
        return [node, *after]

    def _is_parallel(self, node: ast.AST) -> bool:
        if not (isinstance(node, ast.For) and isinstance(node.iter, ast.Call)):
            return False
        function = node.iter.func
        return (function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")) in self._names

    def _outside(self, node: ast.AST) -> Iterator[ast.AST]:
        """All of a tree that stands in no parallel loop."""
        for child in ast.iter_child_nodes(node):
            if not self._is_parallel(child):
                yield child
                yield from self._outside(child)


def _exits(statement: ast.AST, *, in_loop: bool = False) -> bool:
    """Whether it leaves the loop around it in the middle."""
    if isinstance(statement, ast.Return | ast.Raise | ast.Assert):
        return True
    if isinstance(statement, ast.Break):
        return not in_loop
    inner = in_loop or isinstance(statement, ast.For | ast.While)
    return any(_exits(child, in_loop=inner) for child in ast.iter_child_nodes(statement))


def _names_bound(node: ast.AST) -> set[str]:
    return {node.id} if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else set()


def _all_names_bound(node: ast.AST) -> set[str]:
    return {name for each in ast.walk(node) for name in _names_bound(each)}


class Told(Protocol):
    """Whom a running number tells of its misuse."""

    def used(self, name: str) -> None:
        """The running iteration uses a variable that all iterations reduce into."""


_FAMILIES = {"add": "+", "sub": "+", "mul": "*", "truediv": "*", "max": "max", "min": "min"}
"""Which operations may follow one another on one reduction variable."""


class Running:
    """A number that all iterations of a parallel loop reduce into. ``family`` says how, once it is known."""

    __slots__ = ("family", "name", "told", "value")

    def __init__(self, told: Told, name: str, value: Any, family: str = "") -> None:
        self.told = told
        self.name = name
        self.value = value
        self.family = family

    def used(self) -> Any:
        """Its value, for a use that is no reduction."""
        self.told.used(self.name)
        return self.value

    def reduced(self, operation: str, function: Callable[[Any, Any], Any], other: Any) -> Any:
        """One more number is reduced into it."""
        family = _FAMILIES[operation]
        if self.family not in ("", family):
            self.told.used(self.name)
        return Running(self.told, self.name, function(self.value, number(other)), family)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        if len(inputs) == 2 and method == "__call__":
            # A NumPy scalar stands on the left: x + total.
            left, right = inputs
            if right is self and ufunc in (np.add, np.multiply) and not isinstance(left, Running):
                return self.reduced("add" if ufunc is np.add else "mul", ufunc, left)
        return getattr(ufunc, method)(*map(number, inputs), **options)

    def __repr__(self) -> str:
        return repr(self.value)


def number(value: Any) -> Any:
    """``value`` itself, or what a running number is where it is used otherwise than it may be."""
    return value.used() if isinstance(value, Running) else value


def total(value: Any) -> Any:
    """What a variable holds after the loop."""
    return value.value if isinstance(value, Running) else value


def largest(*values: Any, **options: Any) -> Any:
    """``max``, which is a reduction where one of two is a running number."""
    return _extreme("max", max, values, options)


def smallest(*values: Any, **options: Any) -> Any:
    """``min``, likewise."""
    return _extreme("min", min, values, options)


def _extreme(operation: str, function: Any, values: tuple[Any, ...], options: dict[str, Any]) -> Any:
    if len(values) == 2 and not options:
        one, other = values
        if isinstance(one, Running):
            return one.reduced(operation, function, other)
        if isinstance(other, Running):
            return other.reduced(operation, function, one)
    return function(*values, **options)


def _reducing(operation: str) -> Callable[[Running, Any], Any]:
    function = getattr(operator, operation)
    return lambda self, other: self.reduced(operation, function, other)


def _using(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda self, *others: function(self.used(), *map(number, others))


_USES: dict[str, Callable[..., Any]] = {
    **{name: getattr(operator, name) for name in ("floordiv", "mod", "pow", "xor", "lshift", "rshift")},
    **{name: getattr(operator, name) for name in ("lt", "le", "gt", "ge", "eq", "ne")},
    **{name: getattr(operator, name) for name in ("neg", "pos", "abs", "invert", "index")},
    "and": operator.and_,
    "or": operator.or_,
    "rsub": lambda mine, other: other - mine,
    "rtruediv": lambda mine, other: other / mine,
    "rfloordiv": lambda mine, other: other // mine,
    "rmod": lambda mine, other: other % mine,
    "rpow": lambda mine, other: other**mine,
    "float": float,
    "int": int,
    "bool": bool,
    "complex": complex,
    "round": round,
}

for _name in ("add", "sub", "mul", "truediv"):
    setattr(Running, f"__{_name}__", _reducing(_name))
for _name in ("add", "mul"):
    setattr(Running, f"__r{_name}__", _reducing(_name))
for _name, _function in _USES.items():
    setattr(Running, f"__{_name}__", _using(_function))
