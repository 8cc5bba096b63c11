"""A verdict reads as it should, in wide and narrow terminals, in colour and without, and in any encoding."""

import io
import re

import pytest
from rich.console import Console

from minigrad.workbook.terminal import console, fit, full_text, indented, say, show
from minigrad.workbook.verdict import Check, Verdict

pytestmark = pytest.mark.on_one_python

PASSED, SKIPPED = Check("passed"), Check("skipped", "only once it is safe")

FAULT = """\
out-of-bounds: thread 1 of block 2 read a[9]; a has 9 elements
  puzzle03_blocks.py:14    out[i] = a[i] + 10
  smallest case: size=9, 3 blocks of 4 threads

12 threads, 9 elements: three threads have nothing to do."""

FAILED = Verdict(
    "blocks",
    3,
    "failed",
    {
        "correct": PASSED,
        "safe": Check("failed", FAULT),
        "efficient": SKIPPED,
        "numba": SKIPPED,
        "compiles": PASSED,
    },
)

SOLVED = Verdict(
    "guard",
    2,
    "solved",
    {
        "correct": PASSED,
        "safe": PASSED,
        "efficient": Check("failed", "thread 0 reads 3 elements; 1 is enough"),
        "numba": Check("skipped", "numba's simulator has no shuffles"),
        "compiles": PASSED,
    },
)


def test_a_failure_looks_as_it_was_designed():
    assert (
        full_text(FAILED)
        == """\
puzzle 3 · blocks   ★☆☆   correct ✓   safe ✗   efficient –   numba –   compiles ✓

  out-of-bounds: thread 1 of block 2 read a[9]; a has 9 elements
    puzzle03_blocks.py:14    out[i] = a[i] + 10
    smallest case: size=9, 3 blocks of 4 threads

  12 threads, 9 elements: three threads have nothing to do.
  minigrad hint blocks"""
    )


def test_a_missing_star_and_a_skipped_check_are_explained_once_it_is_solved():
    assert (
        full_text(SOLVED)
        == """\
puzzle 2 · guard   ★★☆   correct ✓   safe ✓   efficient ✗   numba –   compiles ✓

  thread 0 reads 3 elements; 1 is enough

  numba: numba's simulator has no shuffles"""
    )


def test_an_untouched_stub_is_one_line():
    verdict = Verdict("blocks", 3, "not-started", message="not started: write your kernel in\nblocks.py")
    assert full_text(verdict) == "puzzle 3 · blocks   not started: write your kernel in blocks.py"


def test_it_names_the_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    inside, outside = tmp_path / "puzzles" / "blocks.py", tmp_path.parent / "blocks.py"
    told = [full_text(Verdict("blocks", 3, "not-started", path=path)) for path in (inside, outside)]
    assert told[0] == f"puzzle 3 · blocks   not started; edit {inside.relative_to(tmp_path)}"
    assert told[1] == f"puzzle 3 · blocks   not started; edit {outside}"


def test_a_file_that_cannot_be_used_is_a_paragraph():
    verdict = Verdict("blocks", 3, "error", message="puzzle03_blocks.py:7 has a syntax error.\n    if x\n       ^\n")
    assert (
        full_text(verdict)
        == """\
puzzle 3 · blocks   cannot be checked

  puzzle03_blocks.py:7 has a syntax error.
      if x
         ^"""
    )


def test_a_file_without_a_number_goes_by_its_name():
    assert full_text(Verdict("mine", None, "error", message="why")).startswith("mine   cannot be checked")


def test_what_to_do_next_stands_apart_from_a_line_of_code():
    checks = {**FAILED.checks, "safe": PASSED, "compiles": Check("failed", "does not compile\n  a.py:1    x")}
    told = full_text(Verdict("blocks", 3, "failed", checks))
    assert told.endswith("  does not compile\n    a.py:1    x\n\n  minigrad hint blocks")


def test_one_check_can_be_shown_alone():
    both = Verdict("blocks", 3, "failed", {**FAILED.checks, "compiles": Check("failed", "a list cannot be compiled")})
    assert "a list cannot be compiled" in full_text(both)
    assert "a list cannot be compiled" not in full_text(both, only="safe")
    assert "out-of-bounds" not in full_text(both, only="compiles")


def test_no_line_is_wider_than_a_narrow_terminal():
    text = full_text(FAILED, width=60)
    assert max(map(len, text.split("\n"))) <= 60
    assert text.startswith("puzzle 3 · blocks   ★☆☆   correct ✓   safe ✗   efficient –\n  numba –   compiles ✓\n")
    assert "    puzzle03_blocks.py:14    out[i] = a[i] + 10\n" in text


def test_a_wide_terminal_changes_nothing():
    assert full_text(FAILED, width=100) == full_text(FAILED)


@pytest.mark.parametrize("width", [20, 60, 100])
def test_wrapping_loses_no_word(width):
    assert full_text(FAILED, width).split() == full_text(FAILED).split()


def test_a_wrapped_line_of_detail_stays_below_its_beginning():
    lines = indented("  smallest case: size=9, 3 blocks of 4 threads", width=30).split("\n")
    assert lines == ["    smallest case: size=9, 3", "      blocks of 4 threads"]


@pytest.mark.parametrize(
    ("encoding", "line"),
    [
        ("utf-8", "puzzle 2 · guard   ★★☆   correct ✓   safe ✓   efficient ✗   numba –   compiles ✓"),
        ("cp1252", "puzzle 2 · guard   **.   correct yes   safe yes   efficient NO   numba –   compiles yes"),
        ("ascii", "puzzle 2 - guard   **.   correct yes   safe yes   efficient NO   numba -   compiles yes"),
    ],
)
def test_what_an_encoding_lacks_is_replaced(encoding, line):
    fitted = fit(full_text(SOLVED), encoding)
    assert fitted.split("\n")[0] == line
    fitted.encode(encoding)


def test_what_has_no_replacement_can_still_be_shown():
    assert fit("a 漢 b", "ascii") == "a \\u6f22 b"
    assert fit("★", "no such encoding") == "*"


def shown(verdict, **settings):
    out = io.StringIO()
    show(verdict, Console(file=out, highlight=False, soft_wrap=True, **settings))
    return out.getvalue()


def test_there_are_colours_in_a_terminal_and_the_words_are_the_same(monkeypatch):
    monkeypatch.delenv("NO_COLOR", raising=False)
    out = io.StringIO()
    terminal = Console(file=out, force_terminal=True, color_system="standard", width=100, soft_wrap=True)
    show(FAILED, terminal)
    coloured = out.getvalue()
    assert "\x1b[31m✗\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == full_text(FAILED) + "\n"


def test_there_are_no_colours_where_they_are_not_wanted(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in shown(FAILED, force_terminal=True, width=100)


def test_there_are_no_colours_and_no_wrapping_outside_a_terminal():
    out = io.StringIO()
    show(FAILED, console(out))
    assert out.getvalue() == full_text(FAILED) + "\n"


def test_square_brackets_of_a_learner_are_no_markup():
    out = io.StringIO()
    say("a[bold] = b[/] :smile: [red]", console(out))
    assert out.getvalue() == "a[bold] = b[/] :smile: [red]\n"
