"""How a verdict and a hint read in a notebook: the words of the terminal, and what to call instead of a command."""

from __future__ import annotations

import html
import re
from typing import Any, Self

from minigrad.workbook.spec import FunctionSpec, PuzzleSpec
from minigrad.workbook.terminal import STYLES, full_text, indented
from minigrad.workbook.tree import SOLUTIONS
from minigrad.workbook.verdict import Verdict

WIDTH = 110
"""How many characters of a text stand side by side in a notebook."""

_PRE = "white-space:pre-wrap;margin:0;padding:0"
_CSS = {
    "bold": "font-weight:bold",
    "yellow": "color:#b8860b",
    "green": "color:#2f9e44;font-weight:bold",
    "red": "color:#e03131;font-weight:bold",
}
"""Colours that can be told apart on white and on black: a notebook has either."""


def answers(spec: PuzzleSpec) -> tuple[str, ...]:
    """What a puzzle's answers are called in Python; the first can be asked for the verdict.

    >>> from minigrad.workbook.checks import spec_of
    >>> answers(spec_of("blocks")), answers(spec_of("chain_rule"))
    (('blocks',), ('G',))
    """
    if not isinstance(spec, FunctionSpec):
        return (spec.name,)
    return (spec.methods_of.name,) if spec.methods_of else tuple(rule.name for rule in spec.rules)


def text_of(verdict: Verdict) -> str:
    """A verdict in words, for whoever asked for it in Python."""
    if verdict.path is not None or verdict.number is None:
        return full_text(verdict, WIDTH)
    from minigrad.workbook.checks import spec_of

    name = answers(spec_of(verdict.puzzle))[0]
    if verdict.status == "not-started":
        return f"{full_text(verdict, WIDTH)}: write your answer in its cell, run that, and check again"
    steps = f"{name}.hint()     {name}.show()" if verdict.status == "failed" else ""
    return full_text(verdict, WIDTH, steps=steps)


def shown(text: str) -> dict[str, str]:
    """The text as notebooks like to have it: plain, and with colours."""
    return {"text/plain": text, "text/html": f'<pre style="{_PRE}">{_coloured(text)}</pre>'}


def _coloured(text: str) -> str:
    marks = []
    for pattern, style in STYLES.items():
        if style in _CSS:
            marks += [(*found.span(), _CSS[style]) for found in re.finditer(pattern, text)]
    parts, at = [], 0
    for start, end, css in sorted(marks):
        if start >= at:
            parts += [html.escape(text[at:start]), f'<span style="{css}">{html.escape(text[start:end])}</span>']
            at = end
    return "".join([*parts, html.escape(text[at:])])


class Hint(str):
    """A hint. It is its own text; a notebook shows it with its number, and with the way to the next one."""

    whole: str

    @classmethod
    def of(cls, spec: PuzzleSpec, number: int) -> Self:
        """The hint of that number; where there is none, a sentence that says so."""
        title, last, call = f"puzzle {spec.number} · {spec.name}", len(spec.hints), f"{answers(spec)[0]}.hint"
        if not 1 <= number <= last:
            hint = cls(f"{title} has {last} hints, and no hint {number}")
            hint.whole = str(hint)
            return hint
        hint = cls(spec.hints[number - 1])
        if number < last:
            following = f"for the next one: {call}({number + 1})"
        else:
            following = f"this was the last one; the solution is in {solution_of(spec)}"
        hint.whole = f"{title}   hint {number} of {last}\n\n{indented(hint, WIDTH)}\n\n  {following}"
        return hint

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return shown(self.whole)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(self.whole)  # as a str it would be shown in quotes


def solution_of(spec: PuzzleSpec) -> str:
    """Where the solution can be read: on the web, if the installation knows where the project is."""
    from importlib import metadata

    path = f"{SOLUTIONS}/{spec.part}/{spec.file_name}"
    try:
        addresses = metadata.metadata("minigrad-puzzles").get_all("Project-URL") or []
    except metadata.PackageNotFoundError:
        return path
    at = dict(address.split(", ", 1) for address in addresses if ", " in address)
    return f"{at['Repository']}/blob/main/{path}" if "Repository" in at else path
