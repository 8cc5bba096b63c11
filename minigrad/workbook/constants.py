"""A puzzle file's module constants with other values: the file run with ``TPB`` = 8 and again with ``TPB`` = 64."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping


def with_constants(tree: ast.Module, constants: Mapping[str, int]) -> ast.Module:
    """The module with other values for some of its constants; what is worked out from them follows."""
    for statement in tree.body:
        for target in _targets(statement):
            if target.id in constants:
                statement.value = ast.copy_location(ast.Constant(constants[target.id]), statement)  # type: ignore[attr-defined]
    return tree


def missing_constants(trees: Iterable[ast.Module], wanted: Iterable[str]) -> list[str]:
    """Those of the wanted constants to which the module, in one piece or several, gives no value."""
    given = {target.id for tree in trees for statement in tree.body for target in _targets(statement)}
    return [name for name in wanted if name not in given]


def _targets(statement: ast.stmt) -> list[ast.Name]:
    """The names that a plain assignment gives a value to."""
    if isinstance(statement, ast.Assign):
        return [target for target in statement.targets if isinstance(target, ast.Name)]
    if isinstance(statement, ast.AnnAssign) and statement.value is not None and isinstance(statement.target, ast.Name):
        return [statement.target]
    return []
