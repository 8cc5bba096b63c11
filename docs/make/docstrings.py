"""What mkdocstrings does not know of our docstrings: examples stand in them as doctests, and names in Sphinx's way."""

from __future__ import annotations

import re
from typing import Any

import griffe

ROLE = re.compile(r":(?:class|func|meth|mod|attr|data|exc):`~?([^`]+)`")
DOCTEST = re.compile(r"^( *)>>> .*(?:\n *\S.*)*", re.MULTILINE)


class AsMarkdown(griffe.Extension):
    """Makes Markdown of a docstring: `` :class:`Trace` `` becomes `` `Trace` ``, and a doctest a block of code."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Called once for each object that was read."""
        if obj.docstring is not None:
            obj.docstring.value = as_markdown(obj.docstring.value)


def as_markdown(docstring: str) -> str:
    """The docstring with its roles and doctests in Markdown."""
    return DOCTEST.sub(_fenced, ROLE.sub(r"`\1`", docstring))


def _fenced(doctest: re.Match[str]) -> str:
    indent = doctest[1]
    return f"\n{indent}```pycon\n{doctest[0]}\n{indent}```\n"
