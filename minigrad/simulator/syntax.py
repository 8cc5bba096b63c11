"""New pieces of a syntax tree, standing at the place of old ones."""

from __future__ import annotations

import ast

PREFIX = "_minigrad_"
"""Every name that the rewriting adds begins so."""


def call(name: str, place: ast.AST, *arguments: ast.expr) -> ast.expr:
    """A call of one of our own functions, standing at ``place``."""
    made = ast.Call(ast.Name(PREFIX + name, ast.Load()), list(arguments), [])
    ast.copy_location(made, place)
    ast.copy_location(made.func, place)
    return made


def placed(text: str, place: ast.AST) -> list[ast.stmt]:
    """The statements of ``text``, every part of them standing at ``place``."""
    statements = ast.parse(text).body
    for statement in statements:
        for part in ast.walk(statement):
            ast.copy_location(part, place)
    return statements
