"""A lesson's quiz is read from its Markdown, and answers as it is clicked through."""

from __future__ import annotations

import pytest

from minigrad.workbook.questions import lesson_file, questions, quiz

pytestmark = pytest.mark.on_one_python

TWO = """\
# A lesson

## Quiz

### Question 1

What is `2 + 2`,
again?

- **A** `3`
- **B** 4, which is
  two times two

??? success "Answer"
    **B.** Count:

    ``` { .text title="prints" }
    4
    ```

### Question 2

Which?

- **A** this
- **B** that

??? success "Answer"
    **A.** This.

## After it

- **A** no option
"""


def test_questions_are_read_as_they_stand():
    first, second = questions(TWO)
    assert first.text == "What is `2 + 2`,\nagain?"
    assert dict(first.options) == {"A": "`3`", "B": "4, which is\n  two times two"}
    assert (first.answer, second.answer) == ("B", "A")
    assert first.explanation.startswith("Count:\n\n``` {")
    assert dict(second.options) == {"A": "this", "B": "that"}


def test_a_question_without_an_answer_is_refused():
    with pytest.raises(ValueError, match="question 2"):
        questions(TWO.replace("**A.** This.", "This."))


def test_the_lesson_has_its_ten_questions():
    found = questions(lesson_file("gradients").read_text(encoding="utf-8"))
    assert [question.number for question in found] == list(range(1, 11))
    assert all(len(question.options) == 4 and question.explanation for question in found)


def test_the_right_choice_is_explained_and_a_wrong_one_is_not():
    asked = quiz("gradients").children[0]
    text, choice, _, told = asked.children
    assert "Question 1." in text.value and "`" not in "".join(label for label, _ in choice.options)
    assert choice.value is None and told.value == ""
    choice.value = "B"
    assert "B is not it." in told.value and "scalar functions" not in told.value
    choice.value = "C"
    assert "C is right." in told.value and "<code>backward</code> returns" in told.value


def test_the_answer_can_be_revealed():
    _, choice, reveal, told = quiz("gradients").children[1].children
    reveal.click()
    assert "C is right." in told.value and "<pre>" in told.value
    assert choice.value is None


def test_a_lesson_without_a_quiz_is_told():
    with pytest.raises(LookupError, match="no lesson 'nothing'"):
        quiz("nothing")
