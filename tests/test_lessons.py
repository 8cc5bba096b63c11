"""The lessons do what they say: their code runs, prints what is shown, and their verdicts are the tool's own.

In a lesson, a block of Python is run after those before it, in one namespace. A block of text called "prints" after
it is what it prints. A block of Python that has a file's name for its title is a learner's file; the block of text
after it has a command for its title, and is what that prints.
"""

from __future__ import annotations

import io
import os
import re
import runpy
import subprocess
import sys
import textwrap
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[1]
LESSONS = sorted(path for path in (ROOT / "docs/lessons").glob("*.md") if path.name != "index.md")
PICTURES = sorted((ROOT / "docs/lessons/pictures").glob("*.svg"))
DRAWN = runpy.run_path(str(ROOT / "docs/make/lesson_pictures.py"))["lesson_pictures"]()
SVG = "{http://www.w3.org/2000/svg}"

FENCED = re.compile(r"^(?P<indent> *)```(?P<head>[^\n`]*)\n(?P<code>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL)
QUESTION = re.compile(r"^### Question \d+\n(.*?)(?=^##)", re.MULTILINE | re.DOTALL)

each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
each_picture = pytest.mark.parametrize("picture", PICTURES, ids=lambda path: path.stem)


@dataclass(frozen=True)
class Block:
    language: str
    title: str
    code: str
    line: int  # of its first line of code, in the lesson

    @property
    def runs(self):
        return self.language == "python" and not self.title


def blocks_of(text):
    """The blocks of code of a lesson."""
    found = []
    for block in FENCED.finditer(text):
        title = re.search(r'title="([^"]*)"', block["head"])
        language = re.search(r"\w+", block["head"])[0]
        line = text.count("\n", 0, block.start("code")) + 1
        found.append(Block(language, title[1] if title else "", textwrap.dedent(block["code"]), line))
    return found


def with_next(blocks):
    return zip(blocks, [*blocks[1:], None], strict=True)


def printed(block, lesson, namespace):
    """What a block of Python prints; an error names its line in the lesson."""
    out = io.StringIO()
    with redirect_stdout(out):
        exec(compile("\n" * (block.line - 1) + block.code, lesson, "exec"), namespace)
    return out.getvalue()


@each_lesson
def test_python_runs_from_top_to_bottom_and_prints_what_is_shown(lesson):
    namespace = {"__name__": "lesson"}
    runs = [pair for pair in with_next(blocks_of(lesson.read_text())) if pair[0].runs]
    assert runs
    for block, after in runs:
        shown = after.code if after and after.title == "prints" else ""
        assert printed(block, str(lesson), namespace) == shown, f"{lesson.name}, line {block.line}"


@each_lesson
def test_what_is_shown_as_printed_follows_the_code_that_prints_it(lesson):
    for before, block in with_next([None, *blocks_of(lesson.read_text())]):
        if block and block.title == "prints":
            assert before and before.runs, f"{lesson.name}, line {block.line}"
        if block and block.title.startswith("minigrad "):
            assert before and block.title.endswith(before.title), f"{lesson.name}, line {block.line}"


@pytest.mark.on_one_python
@each_lesson
def test_a_verdict_is_what_the_tool_prints(lesson, tmp_path):
    for number, (block, after) in enumerate(with_next(blocks_of(lesson.read_text()))):
        if block.language == "python" and block.title:
            folder = tmp_path / str(number)
            folder.mkdir()
            (folder / block.title).write_text(block.code)
            program, *arguments = after.title.split()
            assert program == "minigrad"
            environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
            command = [sys.executable, "-m", "minigrad", *arguments]
            done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
            assert done.stdout == after.code, f"{lesson.name}, line {after.line}\n{done.stderr}"


def test_the_function_of_the_lesson_needs_nothing_but_its_import():
    blocks = blocks_of((ROOT / "docs/lessons/gradients.md").read_text())
    [block] = [block for block in blocks if "class Example(" in block.code]
    namespace = {}
    exec(block.code, namespace)
    minigrad, example = namespace["minigrad"], namespace["Example"]
    for x in ([3.0, 2.0], [0.0, 0.0], [-1.5, 4.0]):
        assert minigrad.gradcheck(example.apply, minigrad.tensor(x))


@each_lesson
def test_the_quiz_has_questions_with_one_right_answer_each(lesson):
    questions = QUESTION.findall(lesson.read_text())
    assert len(questions) >= (8 if lesson.stem == "gradients" else 4)
    for question in questions:
        asked, *answers = question.split('??? success "Answer"\n')
        options = re.findall(r"^- \*\*([A-Z])\*\* \S", asked, re.MULTILINE)
        assert options == list("ABCDEF"[: len(options)]) and len(options) >= 2, question
        [answer] = answers
        right = re.match(r"    \*\*([A-Z])\.\*\* \S", answer)
        assert right and right[1] in options, question
        assert len(answer.split()) > 15, f"an answer that does not explain: {question}"


@each_lesson
def test_the_right_answers_are_not_always_the_same_letter(lesson):
    letters = re.findall(r'\?\?\? success "Answer"\n    \*\*([A-Z])', lesson.read_text())
    assert max(letters.count(letter) for letter in letters) <= len(letters) / 2


def test_every_picture_is_in_a_lesson_and_every_picture_of_a_lesson_is_there():
    named = re.findall(r'--8<-- "(docs/lessons/.*?\.svg)"', "".join(lesson.read_text() for lesson in LESSONS))
    assert sorted(named) == [picture.relative_to(ROOT).as_posix() for picture in PICTURES]


@each_picture
def test_a_picture_tells_a_screen_reader_what_it_shows(picture):
    svg = ElementTree.parse(picture).getroot()
    title, desc = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby", "").split() == [title.get("id"), desc.get("id")]
    assert len(title.text) > 15 and len(desc.text) > 80


@each_picture
def test_a_picture_has_the_colours_of_its_style_and_fits_a_phone(picture):
    svg = ElementTree.parse(picture).getroot()
    paints = {element.get(kind) for element in svg.iter() for kind in ("fill", "stroke")}
    assert paints <= {None, "none"}
    assert int(svg.get("viewBox").split()[2]) <= 360
    sizes = re.findall(r'font-size[=:]"?([\d.]+)', picture.read_text().partition("</style>")[2])
    assert sizes and min(map(float, sizes)) >= 9
    assert "href" not in picture.read_text()


@each_picture
def test_a_picture_is_the_one_that_is_drawn_now(picture):
    drawn = DRAWN[picture.relative_to(ROOT).as_posix()]
    assert picture.read_text() == drawn, "python -m docs.make.lesson_pictures draws them anew"


@each_lesson
def test_no_two_elements_of_a_lessons_pictures_share_an_id(lesson):
    named = re.findall(r'--8<-- "(docs/lessons/.*?\.svg)"', lesson.read_text())
    ids = [element.get("id") for name in named for element in ElementTree.parse(ROOT / name).iter()]
    ids = [each for each in ids if each]
    assert len(ids) == len(set(ids))
