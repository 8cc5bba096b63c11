"""What numba makes of a loop over ``prange``, put into the syntax tree of a kernel's copy.

* A loop that can be left in the middle, by ``break``, ``return``, ``raise`` or ``assert``, numba runs as an ordinary
  one.
* A variable that lives on from one iteration to the next is a reduction: every thread has its own, and they are put
  together after the loop. So all that an iteration may do is to add to it, or multiply, or take the larger or the
  smaller. Each iteration gets it as a running number (see ``parallel_numbers``), which notices when it is used in any
  other way.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Set

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
