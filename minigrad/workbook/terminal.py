"""How a verdict reads in a terminal: a line of stars and checks, what went wrong, and what to do next.

The messages of the checks come ready made. Here they get their place, their colours, and a width; and where
the terminal cannot show a star, something that it can.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, TextIO

from minigrad.workbook.tree import nearby
from minigrad.workbook.verdict import CHECKS, Verdict

if TYPE_CHECKING:
    from rich.console import Console

MARKS = {"passed": "✓", "failed": "✗", "skipped": "–", "not-started": "–"}
GAP = "   "

_PLAINER = {"★": "*", "☆": ".", "✓": "yes", "✗": "NO", "–": "-", "·": "-", "→": "->", "×": "x", "…": "..."}
"""What stands in for a character that an encoding lacks."""


def title(verdict: Verdict) -> str:
    """For example ``puzzle 3 · blocks``."""
    return verdict.puzzle if verdict.number is None else f"puzzle {verdict.number} · {verdict.puzzle}"


def stars(verdict: Verdict) -> str:
    """Three stars, of which those that are earned are full."""
    return "★" * verdict.stars + "☆" * (3 - verdict.stars)


def full_text(verdict: Verdict, width: int | None = None, only: str | None = None, steps: str | None = None) -> str:
    """The whole verdict as plain text, or all of it that concerns one check; no newline at its end.

    It is wrapped to ``width`` if one is given. ``steps`` is what may help, where that is no command of the terminal.
    """
    if verdict.status == "not-started":
        return not_started(verdict)
    told = messages(verdict) if only is None else [message(verdict, only)]
    text = "\n\n".join([header(verdict, width), *(indented(each, width) for each in told if each)])
    steps = next_steps(verdict) if steps is None else steps
    if not steps:
        return text
    gap = "\n\n" if text.rpartition("\n")[2].startswith("    ") else "\n"  # apart from a line of code
    return f"{text}{gap}{indented(steps, width)}"


def header(verdict: Verdict, width: int | None = None) -> str:
    """The first line: the title, the stars, and each check with its mark; below it, where the puzzle asks for several
    functions, each of these with its own.
    """
    if verdict.status == "error":
        return f"{title(verdict)}{GAP}cannot be checked"
    marks = [f"{name} {MARKS[verdict.checks[name].status]}" for name in CHECKS if name in verdict.checks]
    first = _wrapped_parts([title(verdict), stars(verdict), *marks], width)
    each = [f"{name} {MARKS[status]}" for name, status in verdict.functions.items()]
    return f"{first}\n{_wrapped_parts([f'  {each[0]}', *each[1:]], width)}" if each else first


def not_started(verdict: Verdict) -> str:
    """The one line that an untouched stub gets."""
    told = " ".join(verdict.message.split()) or "not started"
    where = f"; edit {nearby(verdict.path)}" if verdict.path else ""
    return f"{title(verdict)}{GAP}{told}{where}"


def messages(verdict: Verdict) -> list[str]:
    """What the learner is told below the first line.

    While something fails, only that: what was skipped was skipped because of it. Else also why a check was
    skipped. What a passed one has to remark (that no PTX was made, say) stands in the JSON object only: without a
    compiler library it would be the same every time.
    """
    if verdict.status == "error":
        return [verdict.message.strip("\n").rstrip()]
    shown = [name for name in CHECKS if name in verdict.checks and verdict.checks[name].status != "passed"]
    if not verdict.solved:
        shown = [name for name in shown if verdict.checks[name].status == "failed"]
    return [text for text in (message(verdict, name) for name in shown) if text]


def message(verdict: Verdict, name: str) -> str:
    """What one check has to tell; empty for a plain pass."""
    check = verdict.checks[name]
    text = check.message.strip("\n").rstrip()
    if check.status == "failed":
        return text or f"{name}: failed"
    return f"{name}: {text}" if text else ""


def next_steps(verdict: Verdict) -> str:
    """The commands that may help with a failure; empty if there is none to help with."""
    return f"minigrad hint {verdict.puzzle}" if verdict.status == "failed" else ""


def _wrapped_parts(parts: list[str], width: int | None) -> str:
    lines = [parts[0]]
    for part in parts[1:]:
        longer = lines[-1] + GAP + part
        if width is None or len(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(f"  {part}")
    return "\n".join(lines)


def indented(text: str, width: int | None = None, by: str = "  ") -> str:
    """Indent every line, and wrap those that are too long below their own beginning."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines += _wrapped(f"{by}{line}".rstrip(), width)
    return "\n".join(lines)


def _wrapped(line: str, width: int | None) -> list[str]:
    if width is None or len(line) <= width:
        return [line]
    indent = line[: len(line) - len(line.lstrip())]
    return textwrap.wrap(
        line.lstrip(),
        max(width, len(indent) + 20),
        initial_indent=indent,
        subsequent_indent=f"{indent}  " if len(indent) > 2 else indent,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
        replace_whitespace=False,
    )


def fit(text: str, encoding: str | None) -> str:
    """The text with what an encoding lacks replaced by something that it has."""
    encoding = encoding or "utf-8"
    try:
        text.encode(encoding)
        return text
    except LookupError:
        return fit(text, "ascii")
    except UnicodeEncodeError:
        plainer = "".join(
            character if _has(encoding, character) else _PLAINER.get(character, character) for character in text
        )
        return plainer.encode(encoding, "backslashreplace").decode(encoding)


def _has(encoding: str, character: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


# With colours


def console(file: TextIO | None = None) -> Console:
    """A rich console that shows text as it stands: nothing highlighted, no wrapping of its own."""
    from rich.console import Console

    return Console(file=file, highlight=False, soft_wrap=True)


def width_of(console: Console) -> int | None:
    """How wide text may be; None where nobody reads it in a terminal."""
    return console.width if console.is_terminal else None


def show(verdict: Verdict, console: Console) -> None:
    """Print the whole verdict."""
    say(full_text(verdict, width_of(console)), console)


def say(text: str, console: Console) -> None:
    """Print a text, with stars and marks in colour where there is colour."""
    from rich.text import Text

    styled = Text(fit(text, console.encoding))
    if console.is_terminal and not console.no_color:
        for pattern, style in STYLES.items():
            styled.highlight_regex(pattern, style)
    console.print(styled)


STYLES = {
    r"\A\S.*?(?=   |\n|\Z)": "bold",  # the title
    r"[★*]+(?=[☆★*.]*(?:   |$))": "yellow",
    r"(?<=\w )✓": "green",
    r"(?<=\w )✗": "red",
    r"(?m)^  [a-z]+(?:-[a-z]+)*(?=: )": "red",  # the kind of a fault
    r"minigrad (?:check|hint|init|status)(?: [^\n ,;.]+)*": "cyan",
}
"""What stands out in a text, and how."""
