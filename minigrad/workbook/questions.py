"""A lesson's quiz in a notebook: choose, be told, and read why.

The questions stand in the lesson and nowhere else. They are read from its Markdown: a section ``Quiz``, for each
question a heading, the question, a list of options that begin with a letter in bold, and a folded answer that begins
with the right letter.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import minigrad


@dataclass(frozen=True)
class Question:
    """A question; ``text``, the options and the explanation are Markdown."""

    number: int
    text: str
    options: Mapping[str, str]
    answer: str
    explanation: str


def lesson_file(lesson: str) -> Path:
    """The Markdown of a lesson, in an installed package or in a checkout. Raises LookupError if there is none."""
    package = Path(minigrad.__file__).parent
    for folder in (package / "bundled" / "lessons", package.parent / "docs" / "lessons"):
        if (folder / f"{lesson}.md").is_file():
            return folder / f"{lesson}.md"
    raise LookupError(f"there is no lesson {lesson!r} with a quiz")


def questions(markdown: str) -> list[Question]:
    """The questions in the section ``Quiz`` of a lesson."""
    section = re.search(r"^## Quiz\n(.*?)(?=^## |\Z)", markdown, re.MULTILINE | re.DOTALL)
    parts = re.split(r"^### Question (\d+)\n", section[1] if section else "", flags=re.MULTILINE)
    return [_question(int(number), text) for number, text in zip(parts[1::2], parts[2::2], strict=True)]


def _question(number: int, text: str) -> Question:
    asked, mark, answered = text.partition('??? success "Answer"\n')
    explanation = textwrap.dedent(answered).strip()
    answer = re.match(r"\*\*([A-Z])\.\*\*\s*", explanation)
    options = dict(re.findall(r"^- \*\*([A-Z])\*\* (.*(?:\n  .*)*)", asked, re.MULTILINE))
    if not mark or answer is None or answer[1] not in options:
        raise ValueError(f"question {number} of the quiz has no answer among its options")
    statement = re.split(r"^- \*\*A\*\* ", asked, maxsplit=1, flags=re.MULTILINE)[0].strip()
    return Question(number, statement, options, answer[1], explanation[answer.end() :])


# Widgets


def quiz(lesson: str = "gradients") -> Any:
    """The quiz of a lesson as widgets."""
    import ipywidgets

    found = questions(lesson_file(lesson).read_text(encoding="utf-8"))
    return ipywidgets.VBox([_asked(question) for question in found])


def _asked(question: Question) -> Any:
    """One question: its options, a button for those who give up, and what is told about the choice."""
    import ipywidgets

    wide = ipywidgets.Layout(width="auto", max_width="50em")
    asked = ipywidgets.HTML(_html(f"**Question {question.number}.** {question.text}"), layout=wide)
    options = [(f"{letter}.  {_plain(text)}", letter) for letter, text in question.options.items()]
    choice = ipywidgets.RadioButtons(options=options, value=None, layout=wide)
    told = ipywidgets.HTML(layout=wide)
    reveal = ipywidgets.Button(description="Show the answer")
    choice.observe(partial(_tell, question, told), names="value")
    reveal.on_click(partial(_reveal, question, told))
    return ipywidgets.VBox([asked, choice, reveal, told], layout=ipywidgets.Layout(margin="0 0 2em 0"))


def _tell(question: Question, told: Any, change: Mapping[str, Any]) -> None:
    chosen = change["new"]
    if chosen == question.answer:
        told.value = _html(f"**{chosen} is right.** {question.explanation}")
    else:
        told.value = _html(f"**{chosen} is not it.** Try another, or have the answer shown.")


def _reveal(question: Question, told: Any, button: Any) -> None:
    told.value = _html(f"**{question.answer} is right.** {question.explanation}")


def _html(markdown: str) -> str:
    from markdown_it import MarkdownIt

    rendered: str = MarkdownIt("commonmark").render(re.sub(r"^``` \{.*\}$", "```", markdown, flags=re.MULTILINE))
    return f'<div style="line-height:1.5">{rendered}</div>'


def _plain(markdown: str) -> str:
    """Markdown as a label can have it."""
    return re.sub(r"[`*]|\s+(?=\n)|\n\s*", lambda mark: " " if "\n" in mark[0] else "", markdown)
